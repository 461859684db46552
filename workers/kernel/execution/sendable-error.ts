import {
  cut,
  maxCauses,
  maxErrors,
  maxErrorCharacters,
  maxErrorMessageCharacters,
  maxErrorNameCharacters,
  maxStackCharacters,
} from '../../../src/protocol/bounds.js';
import type { StackFrame } from '../../../src/protocol/previews/preview.js';
import type { SendableError, SourcePosition } from '../../../src/protocol/messages/wire.js';
import { formatFrame, isCount, isPosition } from './source-files.js';

export interface SendableErrorOptions {
  /** Checks the brand of a value without running the reader's code. */
  hasBrand(value: unknown, brand: 'error' | 'array'): boolean;
  framesOf(stack: string): StackFrame[];
  /** Whether a frame from `framesOf` belongs to a cell. */
  isOfCell(frame: StackFrame): boolean;
  /** Describes a value that is no error, on one line. */
  describe(value: unknown): string;
}

/**
 * A thrown value as data within the size limits of messages: name, message and cause of an error, frames at the reader's
 * lines. For a value that is no error, the name is `Uncaught` and the message describes the value.
 */
export function sendableError(thrown: unknown, options: SendableErrorOptions): SendableError {
  const error = errorOf(thrown, options, 0);
  if (JSON.stringify(error).length <= maxErrorCharacters) return error;
  const { cause: _cause, errors: _errors, ...alone } = error;
  return JSON.stringify(alone).length <= maxErrorCharacters ? alone : { ...alone, stack: '', frames: [] };
}

function errorOf(thrown: unknown, options: SendableErrorOptions, depth: number): SendableError {
  if (!isError(thrown, options)) {
    const message = cut(options.describe(thrown), maxErrorMessageCharacters);
    return { name: 'Uncaught', message, stack: '', frames: [] };
  }
  const thrownMessage = text(thrown, 'message');
  const name = cut(text(thrown, 'name') || 'Error', maxErrorNameCharacters);
  const message = cut(readerText(cut(thrownMessage, maxErrorMessageCharacters)), maxErrorMessageCharacters);
  const frames = options.framesOf(withoutMessage(text(thrown, 'stack'), thrownMessage));
  const position = compilePosition(thrown) ?? framePosition(frames.find((frame) => options.isOfCell(frame)));
  const header = message === '' ? name : `${name}: ${message}`;
  const cause = depth < maxCauses ? ownData(thrown, 'cause') : undefined;
  const errors = depth === 0 ? ownData(thrown, 'errors') : undefined;
  return {
    name,
    message,
    stack: cut([header, ...frames.map((frame) => `    at ${formatFrame(frame)}`)].join('\n'), maxStackCharacters),
    frames,
    ...(position === undefined ? {} : { position }),
    ...(cause === undefined ? {} : { cause: errorOf(cause, options, depth + 1) }),
    ...(isArray(errors, options)
      ? {
          errors: Array.from({ length: Math.min(errors.length, maxErrors) }, (_, at) =>
            errorOf(ownData(errors, at), options, maxCauses),
          ),
        }
      : {}),
  };
}

/** Removes the message from V8's stack text, since it may be very long. */
function withoutMessage(stack: string, message: string): string {
  const at = message === '' ? -1 : stack.indexOf(message);
  return at < 0 ? stack : stack.slice(at + message.length);
}

/** The position of a compile error. Other errors may have a property of that name with other contents. */
function compilePosition(error: object): SourcePosition | undefined {
  const position = read(error, 'position');
  if (typeof position !== 'object' || position === null) return undefined;
  const start = { line: read(position, 'line'), column: read(position, 'column') };
  if (!isPosition(start)) return undefined;
  const length = read(position, 'length');
  return isCount(length) ? { ...start, length } : start;
}

function framePosition(frame: StackFrame | undefined): SourcePosition | undefined {
  return frame === undefined ? undefined : { fileName: frame.file, line: frame.line, column: frame.column };
}

/**
 * Restores the reader's names where an engine's message quotes compiled code: `$c_s_total.value is not a function` becomes
 * `total is not a function`.
 */
export function readerText(message: string): string {
  if (!message.includes('$c')) return message;
  return message
    .replace(/\(0 ?, ?(\$c\d*_[sr]_[^\s.]+(?:\.slot)?\.value)\)/g, '$1')
    .replace(/\$c\d*_[sr]_([^\s.]+)(?:\.slot)?\.value/g, '$1')
    .replace(/\(\$c\d*_0 ?, ?([^()]+)\)/g, '$1')
    .replace(/\$c\d*_arguments\b/g, 'arguments')
    .replace(/'\$c\d*_[a-z]+'/g, 'the value')
    .replace(/\$c\d*_(?:k|m)\.late\("([^"]+)"\)/g, '$1');
}

const isError = (value: unknown, { hasBrand }: SendableErrorOptions): value is object => hasBrand(value, 'error');

const isArray = (value: unknown, { hasBrand }: SendableErrorOptions): value is readonly unknown[] =>
  hasBrand(value, 'array');

function ownData(object: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value as unknown;
}

function text(error: object, key: 'name' | 'message' | 'stack'): string {
  const value = read(error, key);
  return typeof value === 'string' ? value : '';
}

/** Reads a property, which may be a getter of the reader that throws. */
function read(object: object, key: string): unknown {
  try {
    return (object as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}
