import { describe, expect, it, vi } from 'vitest';
import type { SendableError } from '../../../protocol/wire.js';
import type { OutputEntry, SessionLike } from '../../../sdk/types.js';
import { SharedSession, type RunListener } from './shared-session.js';

function played(): {
  session: SessionLike;
  close: ReturnType<typeof vi.fn>;
  write: (runId: string | undefined, text: string) => void;
} {
  const target = new EventTarget();
  const close = vi.fn(async () => undefined);
  return {
    session: Object.assign(target, { name: 'guide', close }) as unknown as SessionLike,
    close,
    write: (runId, text) =>
      void target.dispatchEvent(
        new CustomEvent('output', { detail: { text, ...(runId === undefined ? {} : { runId }) } }),
      ),
  };
}

const listener = (heard: string[]): RunListener => ({
  output: (entry: OutputEntry) => void heard.push(entry.text),
  recovered: () => undefined,
});
const error = (frames: SendableError['frames'], more: Partial<SendableError> = {}): SendableError => ({
  name: 'TypeError',
  message: 'no',
  stack: '',
  frames,
  ...more,
});

describe('a session that snippets share (issue 5, point 2)', () => {
  it('hands each run its own output, also late and interleaved', () => {
    const { session, write } = played();
    const shared = new SharedSession(session);
    const [one, other]: string[][] = [[], []];
    shared.begin('run-1', listener(one!), 'one', 0);
    shared.begin('run-2', listener(other!), 'other', 0);
    write('run-1', 'a');
    write('run-2', 'b');
    write('run-1', 'late');
    write(undefined, 'of nobody');
    expect(one).toEqual(['a', 'late']);
    expect(other).toEqual(['b', 'of nobody']);
  });

  it('names snippets in frames, and counts the lines that are seen', () => {
    const shared = new SharedSession(played().session);
    shared.begin('run-1', listener([]), 'client', 0);
    const file = shared.begin('run-2', listener([]), 'use', 3);
    const frame = { functionName: 'f', column: 5 };
    const readable = shared.readable(
      error([
        { ...frame, file: 'cell-1.ts', line: 2 },
        { ...frame, file, line: 5 },
        { ...frame, file: 'https://a.example/m.js', line: 9 },
      ]),
      file,
    );
    expect(readable.frames.map((one) => `${one.file}:${one.line}`)).toEqual([
      'client:2',
      'use:2',
      'https://a.example/m.js:9',
    ]);
  });

  it('makes a frame of a position, as errors of syntax have one', () => {
    const shared = new SharedSession(played().session);
    const file = shared.begin('run-1', listener([]), 'use', 0);
    expect(shared.readable(error([], { position: { line: 4, column: 2 } }), file).frames).toEqual([
      { functionName: '', file: 'use', line: 4, column: 2 },
    ]);
  });

  it('does not count a run that was refused', () => {
    const shared = new SharedSession(played().session);
    shared.refuse('run-1', shared.begin('run-1', listener([]), 'refused', 0));
    expect(shared.begin('run-2', listener([]), 'use', 0)).toBe('cell-1.ts');
  });

  it('hears nothing once it is closed', async () => {
    const { session, close, write } = played();
    const shared = new SharedSession(session);
    const heard: string[] = [];
    shared.begin('run-1', listener(heard), 'one', 0);
    await shared.close();
    write('run-1', 'too late');
    expect(heard).toEqual([]);
    expect(close).toHaveBeenCalledOnce();
  });
});
