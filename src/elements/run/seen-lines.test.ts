import { describe, expect, it } from 'vitest';
import type { SendableError } from '../../protocol/messages/wire.js';
import { readableError, type SeenLines } from './seen-lines.js';

const seen = new Map<string, SeenLines>([['use', { first: 4, last: 10 }]]);
const frame = (file: string, line: number) => ({ functionName: 'f', file, line, column: 5 });
const error = (more: Partial<SendableError>): SendableError => ({
  name: 'TypeError',
  message: 'no',
  stack: '',
  frames: [],
  ...more,
});
const places = ({ frames }: SendableError): string[] => frames.map(({ file, line }) => `${file}:${line}`);

describe('readableError', () => {
  it('counts the lines that the reader sees, and leaves out frames in the others', () => {
    const frames = [
      frame('use', 2),
      frame('use', 6),
      frame('client', 2),
      frame('https://a.example/m.js', 9),
      frame('use', 11),
    ];
    expect(places(readableError(error({ frames }), 'use', seen))).toEqual([
      'use:3',
      'client:2',
      'https://a.example/m.js:9',
    ]);
  });

  it('makes a frame of a position, as syntax errors have one', () => {
    const readable = readableError(error({ position: { line: 5, column: 2, length: 3 } }), 'use', seen);
    expect(readable.frames).toEqual([{ functionName: '', file: 'use', line: 2, column: 2 }]);
    expect(readable.position).toEqual({ line: 2, column: 2, length: 3 });
  });

  it('goes by the file that a position names', () => {
    const readable = readableError(error({ position: { fileName: 'client', line: 1, column: 2 } }), 'use', seen);
    expect(places(readable)).toEqual(['client:1']);
  });

  it('tells no position in lines that nobody sees', () => {
    const readable = readableError(error({ position: { line: 1, column: 2 } }), 'use', seen);
    expect(readable).toEqual(error({}));
  });

  it('reads causes too', () => {
    const readable = readableError(error({ cause: error({ frames: [frame('use', 4)] }) }), 'use', seen);
    expect(places(readable.cause!)).toEqual(['use:1']);
  });
});
