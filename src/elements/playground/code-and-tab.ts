import { warnOnce } from '../../sdk/warn-once.js';

/**
 * The arguments of `setCode(code, tab?)`. The old order, tab and code, works for one more release, with one warning on the
 * console: it is told by a tab that is no text, or by a text that is the id of an open tab where the other is none.
 *
 * @throws TypeError where there is no code
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
