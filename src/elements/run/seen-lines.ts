import type { StackFrame } from '../../protocol/previews/preview.js';
import type { SendableError } from '../../protocol/messages/wire.js';

/** The lines of code that its reader sees, both counted from 1 and included. The reader counts from the first of them. */
export interface SeenLines {
  readonly first: number;
  readonly last: number;
}

type SeenFiles = ReadonlyMap<string, SeenLines>;

/** Frames in the lines that readers see; frames in lines that nobody sees are left out. Files without an entry are seen as they are. */
export function seenPlaces(frames: readonly StackFrame[], seen: SeenFiles): StackFrame[] {
  return frames.flatMap((frame) => seenPlace(frame, seen.get(frame.file)));
}

/**
 * An error with the positions that readers see. One that has a position and no frames, such as a SyntaxError, gets a frame.
 *
 * @param fileName of the code that failed
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
