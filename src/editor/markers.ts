import type { SendableError } from '../protocol/messages/wire.js';
import type { Monaco } from './monaco-api.js';
import type { editor } from 'monaco-editor/editor/editor.api.js';

/** A marked range in the reader's code. Line and column start at 1; `length` is in characters, by default the rest of the word. */
export interface CodeMarker {
  readonly message: string;
  readonly severity: 'error' | 'warning';
  readonly line: number;
  readonly column: number;
  readonly length?: number;
}

const owner = 'codemode';

/** The position of an error in the code of `file`; none if the error came from elsewhere. */
export function markersOf(error: SendableError | undefined, file: string | undefined): CodeMarker[] {
  if (error === undefined) return [];
  const frame = error.frames.find((candidate) => candidate.file === file);
  const isElsewhere = error.position?.fileName !== undefined && error.position.fileName !== file;
  const position = isElsewhere ? frame : (error.position ?? frame);
  if (position === undefined) return [];
  const length = 'length' in position && position.length !== undefined ? { length: position.length } : {};
  return [
    {
      message: `${error.name}: ${error.message}`,
      severity: 'error',
      line: position.line,
      column: position.column,
      ...length,
    },
  ];
}

/** Sets the markers of a model, in place of the previous ones. */
export function setMarkers(
  { editor, MarkerSeverity }: Monaco,
  model: editor.ITextModel,
  markers: readonly CodeMarker[],
): void {
  editor.setModelMarkers(
    model,
    owner,
    markers.map(({ message, severity, line, column, length }) => {
      const word =
        model.isDisposed() || line > model.getLineCount()
          ? null
          : model.getWordAtPosition({ lineNumber: line, column });
      const end = length === undefined ? (word?.endColumn ?? column + 1) : column + length;
      return {
        message,
        severity: severity === 'error' ? MarkerSeverity.Error : MarkerSeverity.Warning,
        startLineNumber: line,
        startColumn: column,
        endLineNumber: line,
        endColumn: Math.max(end, column + 1),
      };
    }),
  );
}
