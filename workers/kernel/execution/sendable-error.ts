import {
  cut,
  maxCauses,
  maxErrors,
  maxErrorCharacters,
  maxErrorMessageCharacters,
  maxErrorNameCharacters,
  maxStackCharacters,
} from '../../../src/protocol/bounds.js';
import { brandOf, type Brand, type IsProxy } from '../../../src/protocol/intrinsics/brand.js';
import { errorFields, errorStack } from '../../../src/protocol/intrinsics/error-fields.js';
import type { StackFrame } from '../../../src/protocol/previews/preview.js';
import type { SendableError, SourcePosition } from '../../../src/protocol/messages/wire.js';
import { formatFrame, isCount, isPosition } from './source-files.js';

export interface SendableErrorOptions {
  readonly isProxy: IsProxy;
  framesOf(stack: string): StackFrame[];
  /** Whether a frame from `framesOf` belongs to a cell. */
  isOfCell(frame: StackFrame): boolean;
  /** Describes a value that is no error, on one line. */
  describe(value: unknown): string;
}

/** An error of the kernel's own, as data. */
export const bareError = (name: string, message: string): SendableError => ({ name, message, stack: '', frames: [] });

/**
 * A thrown value as data within the size limits of messages: name, message and cause of an error, frames at the reader's
 * lines. For a value that is no error, the name is `Uncaught` and the message describes the value. Runs no code of the
 * reader: a property with a getter counts as absent.
 */
export function sendableError(thrown: unknown, options: SendableErrorOptions): SendableError {
  const error = errorOf(thrown, options, 0);
  if (JSON.stringify(error).length <= maxErrorCharacters) return error;
  const { cause: _cause, errors: _errors, ...alone } = error;
  return JSON.stringify(alone).length <= maxErrorCharacters ? alone : { ...alone, stack: '', frames: [] };
}

function errorOf(thrown: unknown, options: SendableErrorOptions, depth: number): SendableError {
  if (!hasBrand(thrown, 'error', options)) {
    const message = cut(options.describe(thrown), maxErrorMessageCharacters);
    return { name: 'Uncaught', message, stack: '', frames: [] };
  }
  const fields = errorFields(thrown, options.isProxy);
  const thrownMessage = fields.message;
  const name = cut(fields.name || 'Error', maxErrorNameCharacters);
  const message = cut(readerText(cut(thrownMessage, maxErrorMessageCharacters)), maxErrorMessageCharacters);
  const frames = options.framesOf(withoutMessage(errorStack(thrown, options.isProxy) ?? '', thrownMessage));
  const position = compilePosition(thrown, options) ?? framePosition(frames.find((frame) => options.isOfCell(frame)));
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
    ...(hasBrand(errors, 'array', options)
      ? {
          errors: Array.from({ length: Math.min((errors as readonly unknown[]).length, maxErrors) }, (_, at) =>
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
function compilePosition(error: object, options: SendableErrorOptions): SourcePosition | undefined {
  const position = ownData(error, 'position');
  if (!hasBrand(position, 'plain', options)) return undefined;
  const start = { line: ownData(position, 'line'), column: ownData(position, 'column') };
  if (!isPosition(start)) return undefined;
  const length = ownData(position, 'length');
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
    .replace(/\(0 ?, ?(\$c\d*_bindings_\d+\.[^\s().]+)\)/g, '$1')
    .replace(/\$c\d*_bindings_\d+\./g, '')
    .replace(/\$c\d*_arguments\b/g, 'arguments')
    .replace(/'\$c\d*_[a-z]+'/g, 'the value')
    .replace(/\$c\d*_(?:k|m)\.late\("([^"]+)"\)/g, '$1');
}

function hasBrand(value: unknown, brand: Brand, { isProxy }: SendableErrorOptions): value is object {
  return typeof value === 'object' && value !== null && brandOf(value, isProxy) === brand;
}

function ownData(object: object, key: PropertyKey): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value as unknown;
}
