import { randomHex } from './random-hex.js';
import { matchOf, none, PristineTypeError } from './pristine-built-ins.js';

/**
 * The `traceparent` header of W3C Trace Context, level 1.
 * @see https://www.w3.org/TR/trace-context-1/#traceparent-header
 */
export interface Traceparent {
  /** Two hex digits. This library writes `00`. */
  readonly version: string;
  /** 32 lower-case hex digits, not all zero. */
  readonly traceId: string;
  /** 16 lower-case hex digits, not all zero: the span that made the call. */
  readonly parentId: string;
  readonly sampled: boolean;
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const allZero = /^0+$/;

/**
 * Reads a header. `undefined` for an invalid one, which the recommendation says to ignore (section 3.2.2.1). Parts of later
 * versions after the flags are left out.
 * @example
 * parseTraceparent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')?.sampled;  // true
 */
export function parseTraceparent(text: string): Traceparent | undefined {
  const found = matchOf(pattern, text);
  if (found === null) return undefined;
  const { 1: version = '', 2: traceId = '', 3: parentId = '', 4: flags = '', 5: more } = found;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (matchOf(allZero, traceId) !== null || matchOf(allZero, parentId) !== null) return undefined;
  return { version, traceId, parentId, sampled: (+`0x${flags}` & 1) === 1 };
}

/**
 * Writes a header of version 00. `sampled` is the only flag of level 1.
 * @param trace missing ids are random @default { sampled: true }
 * @throws TypeError for an id of another shape
 */
export function makeTraceparent(trace: Partial<Omit<Traceparent, 'version'>> = none): string {
  const { traceId = nonZeroHex(16), parentId = nonZeroHex(8), sampled = true } = trace;
  const text = `00-${traceId}-${parentId}-${sampled ? '01' : '00'}`;
  if (parseTraceparent(text) === undefined) {
    throw new PristineTypeError(
      `Expected a trace id of 32 and a parent id of 16 lower-case hex digits, not all zero, but got "${traceId}" and "${parentId}".`,
    );
  }
  return text;
}

/** The header for a call: the same trace with a new parent id; a new trace where `text` is invalid. */
export function childTraceparent(text: string): string {
  return makeTraceparent({ __proto__: null, ...parseTraceparent(text), parentId: undefined } as object);
}

function nonZeroHex(bytes: number): string {
  const text = randomHex(bytes);
  return matchOf(allZero, text) === null ? text : nonZeroHex(bytes);
}
