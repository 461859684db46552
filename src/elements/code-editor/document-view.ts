import type { CodeMarker } from '../../editor/markers.js';
import type { AmbientNames } from '../../editor/ambient/tool-types.js';

/** An editor with a document for each tab: `CodeView` (Monaco) or `LightView` (CodeMirror). */
export interface DocumentView {
  /** Shows a document and creates it at the first call. If `code` differs from its text, `code` replaces it as an undoable edit. */
  show(document: string, code: string): void;
  /** Releases all other documents. */
  keep(documents: readonly string[]): void;
  setMarkers(document: string, markers: readonly CodeMarker[]): void;
  /** Sets the names that code may use besides its own declarations. Absent in editors without type checks. */
  setAmbientNames?(names: AmbientNames): void;
  /** Applies changed colours. Absent in editors that CSS styles. */
  applyTheme?(): void;
  /** Asks again for types that did not arrive. Absent in editors without type checks. */
  retryTypes?(): void;
  /** Moves the cursor to a position. Line and column start at 1. */
  reveal(line: number, column: number): void;
  /** @param selection offsets into the code */
  focus(selection?: readonly [start: number, end: number]): void;
  /** Releases the editor and its documents. */
  dispose(): void;
}
