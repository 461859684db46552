import type { WireForm } from './mime-bundle.js';
import type { WireOutput } from './wire.js';

/**
 * Output is data that JSON can express, and there may be very much of it: it travels as JSON inside its message, which
 * costs the page a tenth of the time that the codec takes.
 */

/** An entry as its text has it: the forms of its bundle stand in the message's `data`. */
export type WrittenOutput = Omit<WireOutput, 'bundle'> & { readonly forms?: readonly WireForm[] };

export function writeOutputEntry(entry: WrittenOutput): string {
  return JSON.stringify(entry);
}

/** Entries as `writeOutputEntry` wrote them, as the text of one message. */
export function joinOutput(entries: readonly string[]): string {
  return `[${entries.join(',')}]`;
}
