import type { FormEncoding } from '../../../src/protocol/messages/mime-bundle.js';

/** One form of a displayed value. */
export interface Form {
  readonly type: string;
  readonly encoding: FormEncoding;
  readonly bytes: Uint8Array;
}

/** A form whose bytes may be still to come: those of an image are. Resolves with `undefined` where there are none. */
export type PendingForm = Omit<Form, 'bytes'> & { readonly bytes: Uint8Array | Promise<Uint8Array | undefined> };
