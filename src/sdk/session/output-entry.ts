import type { WireOutput } from '../../protocol/messages/wire.js';
import type { OutputEntry } from '../types.js';

const entryPrototype = {
  toString(this: WireOutput): string {
    return this.text;
  },
};

/** An entry as the host hands it on: frozen, and its text when it is made a string. */
export function outputEntry(wire: WireOutput): OutputEntry {
  return Object.freeze(Object.assign(Object.create(entryPrototype) as typeof entryPrototype, wire));
}

/** A notice of the host in the place of output, such as the count of dropped entries. */
export function noticeEntry(sequence: number, text: string, dropped?: number): OutputEntry {
  return outputEntry({
    sequence,
    method: 'notice',
    level: 'warn',
    parts: [{ text }],
    text,
    depth: 0,
    time: Date.now(),
    ...(dropped === undefined ? {} : { dropped }),
  });
}
