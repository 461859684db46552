import type { StackFrame } from '../../../src/protocol/previews/preview.js';
import type { SendableError, SourcePosition } from '../../../src/protocol/wire.js';
import { readerText } from './reader-text.js';
import { formatFrame } from './source-files.js';

export interface SendableErrorOptions {
  framesOf(stack: string): StackFrame[];
  /** Whether a frame that `framesOf` gave is of a cell. */
  isOfCell(frame: StackFrame): boolean;
  /** What was thrown, on one line, where it is no error. */
  describe(value: unknown): string;
}

const maxCauses = 8;
const maxText = 20_000;

/**
 * What was thrown, as data: name, message and cause of an error, frames at the reader's lines. A value that is no error
 * gets the name `Uncaught` and its description as message.
 */
export function sendableError(thrown: unknown, options: SendableErrorOptions, depth = 0): SendableError {
  if (!(thrown instanceof Error)) {
    return { name: 'Uncaught', message: cut(options.describe(thrown)), stack: '', frames: [] };
  }
  const name = text(thrown, 'name') || 'Error';
  const message = readerText(text(thrown, 'message'));
  const frames = options.framesOf(text(thrown, 'stack'));
  const position = compilePosition(thrown) ?? framePosition(frames.find((frame) => options.isOfCell(frame)));
  const header = message === '' ? name : `${name}: ${message}`;
  const cause = depth < maxCauses && Object.hasOwn(thrown, 'cause') ? read(thrown, 'cause') : undefined;
  return {
    name,
    message,
    stack: [header, ...frames.map((frame) => `    at ${formatFrame(frame)}`)].join('\n'),
    frames,
    ...(position === undefined ? {} : { position }),
    ...(cause === undefined ? {} : { cause: sendableError(cause, options, depth + 1) }),
  };
}

/** An error of the compiler knows its place without a stack. */
function compilePosition(error: Error): SourcePosition | undefined {
  const position = read(error, 'position') as Partial<SourcePosition> | undefined;
  if (typeof position?.line !== 'number' || typeof position.column !== 'number') return undefined;
  const { line, column, length } = position;
  return { line, column, ...(typeof length === 'number' ? { length } : {}) };
}

function framePosition(frame: StackFrame | undefined): SourcePosition | undefined {
  return frame === undefined ? undefined : { fileName: frame.file, line: frame.line, column: frame.column };
}

function text(error: Error, key: 'name' | 'message' | 'stack'): string {
  const value = read(error, key);
  return typeof value === 'string' ? cut(value) : '';
}

/** The reader may have put a throwing getter in the place of any property. */
function read(error: Error, key: string): unknown {
  try {
    return (error as unknown as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function cut(value: string): string {
  return value.length > maxText ? `${value.slice(0, maxText)}…` : value;
}
