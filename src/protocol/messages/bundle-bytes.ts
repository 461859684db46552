import type { MimeBundle } from './mime-bundle.js';

const known = new WeakMap<MimeBundle, number>();

/** Notes how many bytes a bundle has taken: to ask its forms would parse them. */
export function noteBundleBytes(bundle: MimeBundle, bytes: number): MimeBundle {
  known.set(bundle, bytes);
  return bundle;
}

/** Bytes of a bundle that a worker sent; 0 for any other. */
export function bundleBytes(bundle: MimeBundle): number {
  return known.get(bundle) ?? 0;
}
