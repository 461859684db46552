import {
  componentType,
  isJsonType,
  type MimeBundle,
  progressType,
  tableType,
} from '../../protocol/messages/mime-bundle.js';

/** A form of a bundle, and how it is shown. */
export interface ShownForm {
  readonly kind: 'table' | 'progress' | 'component' | 'plot' | 'html' | 'image' | 'markdown' | 'json';
  readonly type: string;
  readonly value: unknown;
}

const kinds: readonly (readonly [string, ShownForm['kind']])[] = [
  [componentType, 'component'],
  [progressType, 'progress'],
  [tableType, 'table'],
  ['application/vnd.vegalite.v6+json', 'plot'],
  ['application/vnd.vegalite.v5+json', 'plot'],
  ['application/vnd.vega.v6+json', 'plot'],
  ['application/vnd.vega.v5+json', 'plot'],
  ['text/html', 'html'],
  ['image/svg+xml', 'image'],
  ['image/png', 'image'],
  ['image/jpeg', 'image'],
  ['text/markdown', 'markdown'],
];

/** The richest form that is known, without a look at its contents; `undefined` where text is all that there is. */
export function richestType(bundle: MimeBundle): readonly [string, ShownForm['kind']] | undefined {
  const known = kinds.find(([type]) => Object.hasOwn(bundle, type));
  if (known !== undefined) return known;
  const types = Object.keys(bundle);
  const image = types.find((type) => /^image\/[\w.+-]+$/.test(type));
  if (image !== undefined) return [image, 'image'];
  const json = types.find((type) => isJsonType(type));
  return json === undefined ? undefined : [json, 'json'];
}

export function richestForm(bundle: MimeBundle): ShownForm | undefined {
  const found = richestType(bundle);
  return found && { type: found[0], kind: found[1], value: bundle[found[0]] };
}
