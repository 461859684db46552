import { warnOnce } from '../../sdk/warn-once.js';

/**
 * The arguments of `setCode(code, tab?)`. The old order, tab and code, works for one more release, with one warning on the
 * console. It is recognized by a first argument that is not a string, or is the id of an open tab when the second one is not.
 *
 * @throws TypeError if there is no code
 */
export function codeAndTab<Tab>(
  first: string | Tab | undefined,
  second: string | Tab | undefined,
  isOpen: (id: string) => boolean,
): [code: string, tab: string | Tab | undefined] {
  const isOldOrder = typeof second === 'string' && (typeof first !== 'string' || (!isOpen(second) && isOpen(first)));
  if (!isOldOrder) {
    if (typeof first === 'string') return [first, second];
    throw new TypeError(`Expected setCode(code, tab?) with the code as a string, but the code is ${String(first)}.`);
  }
  warnOnce('setCode() now takes the code first: setCode(code, tab?). The old order stops working in the next release.');
  return [second, first];
}
