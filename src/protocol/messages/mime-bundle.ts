/**
 * One value in one or more forms, by MIME type, as in Jupyter's protocol: text is a string, JSON is data, an image is a
 * `Uint8Array` or, where code gave that, a string in Base64.
 */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** How a form crosses the port: as text, as text that is JSON, or as it is. */
export type FormEncoding = 'text' | 'json' | 'bytes';

/** One form of a bundle in a message: its bytes follow those of the form before it in the message's `data`. */
export interface WireForm {
  readonly type: string;
  readonly encoding: FormEncoding;
  readonly bytes: number;
}

/** A table, after the Data Resource of Frictionless Data, as nteract and pandas write it. */
export const tableType = 'application/vnd.dataresource+json';
/** A component whose code is in the worker, by the id under which its frame asks for its tree. */
export const componentType = 'application/vnd.codemode.component+json';
export const progressType = 'application/vnd.codemode.progress+json';

/** Contents of a form of `tableType`. */
export interface TableResource {
  readonly schema: { readonly fields: readonly { readonly name: string; readonly type?: string }[] };
  readonly data: readonly Readonly<Record<string, unknown>>[];
  /** Rows of the value, if not all of them are in `data`. */
  readonly total?: number;
}

/** Contents of a form of `progressType`. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly label: string;
}

/** Whether the form of this type is data: JSON, or what ends in `+json`. */
export function isJsonType(type: string): boolean {
  return /^application\/(?:.+\+)?json$/.test(type);
}
