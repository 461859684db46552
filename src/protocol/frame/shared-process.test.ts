import { describe, expect, it } from 'vitest';
import { emptyProcess, occupyProcess } from './shared-process.js';

describe('the process of the sandboxed frames', () => {
  it('has no frame left before the first comes back', () => {
    const happened: string[] = [];
    const frame = (name: string): (() => void) =>
      occupyProcess(() => {
        happened.push(`${name} leaves`);
        return () => happened.push(`${name} returns`);
      });
    frame('worker');
    const gone = frame('gone');
    frame('output');
    gone();
    emptyProcess();
    expect(happened).toEqual(['worker leaves', 'output leaves', 'worker returns', 'output returns']);
  });
});
