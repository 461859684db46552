import { randomHex } from './random-hex.js';

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
  const [, version, traceId, parentId, flags, more] = pattern.exec(text) ?? [];
  if (version === undefined || traceId === undefined || parentId === undefined || flags === undefined) return undefined;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (allZero.test(traceId) || allZero.test(parentId)) return undefined;
  return { version, traceId, parentId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/**
 * Writes a header of version 00. `sampled` is the only flag of level 1.
 * @param trace missing ids are random @default { sampled: true }
 * @throws TypeError for an id of another shape
 */
export function makeTraceparent(trace: Partial<Omit<Traceparent, 'version'>> = {}): string {
  const { traceId = nonZeroHex(16), parentId = nonZeroHex(8), sampled = true } = trace;
  const text = `00-${traceId}-${parentId}-${sampled ? '01' : '00'}`;
  if (parseTraceparent(text) === undefined) {
    throw new TypeError(
      `Expected a trace id of 32 and a parent id of 16 lower-case hex digits, not all zero, but got "${traceId}" and "${parentId}".`,
    );
  }
  return text;
}

/** The header for a call: the same trace with a new parent id; a new trace where `text` is invalid. */
export function childTraceparent(text: string): string {
  const parent = parseTraceparent(text);
  return parent === undefined
    ? makeTraceparent()
    : makeTraceparent({ traceId: parent.traceId, sampled: parent.sampled });
}

function nonZeroHex(bytes: number): string {
  const text = randomHex(bytes);
  return allZero.test(text) ? nonZeroHex(bytes) : text;
}
