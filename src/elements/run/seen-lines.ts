import type { StackFrame } from '../../protocol/previews/preview.js';
import type { SendableError } from '../../protocol/messages/wire.js';

/** The visible lines of code: first and last, inclusive, starting at 1. Displayed line numbers start at the first visible line. */
export interface SeenLines {
  readonly first: number;
  readonly last: number;
}

type SeenFiles = ReadonlyMap<string, SeenLines>;

/** Converts frames to visible lines and leaves out frames in hidden lines. Files without an entry are fully visible. */
export function seenPlaces(frames: readonly StackFrame[], seen: SeenFiles): StackFrame[] {
  return frames.flatMap((frame) => seenPlace(frame, seen.get(frame.file)));
}

/**
 * Converts an error's positions to visible lines. An error with a position but no frames, such as a SyntaxError, gets a frame.
 *
 * @param fileName file name of the failed code
 */
export function readableError(error: SendableError, fileName: string, seen: SeenFiles): SendableError {
  const { position, cause, errors, frames, ...rest } = error;
  const file = position?.fileName ?? fileName;
  const all =
    frames.length > 0 || position === undefined
      ? frames
      : [{ functionName: '', file, line: position.line, column: position.column }];
  const [place] = position === undefined ? [] : seenPlace(position, seen.get(file));
  return {
    ...rest,
    frames: seenPlaces(all, seen),
    ...(place === undefined ? {} : { position: place }),
    ...(cause === undefined ? {} : { cause: readableError(cause, fileName, seen) }),
    ...(errors === undefined ? {} : { errors: errors.map((one) => readableError(one, fileName, seen)) }),
  };
}

function seenPlace<P extends { readonly line: number }>(place: P, lines: SeenLines | undefined): P[] {
  if (lines === undefined) return [place];
  if (place.line < lines.first || place.line > lines.last) return [];
  return [{ ...place, line: place.line - lines.first + 1 }];
}
