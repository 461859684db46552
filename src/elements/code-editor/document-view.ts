import type { CodeMarker } from '../../editor/markers.js';
import type { AmbientNames } from '../../editor/tool-types.js';

/** An editor in the page, with a document for each tab: Monaco's `CodeView`, or `LightView`. */
export interface DocumentView {
  /** Shows a document, made at the first call; `code` replaces its text where that differs, as an edit that can be undone. */
  show(document: string, code: string): void;
  /** Releases every document but these. */
  keep(documents: readonly string[]): void;
  setMarkers(document: string, markers: readonly CodeMarker[]): void;
  /** Tells it what code may use besides what it declares. Absent in editors that do not check types. */
  setAmbientNames?(names: AmbientNames): void;
  /** Takes over colours that have changed. Absent in editors that are styled by CSS. */
  applyTheme?(): void;
  /** Puts the cursor at a position; line and column from 1. */
  reveal(line: number, column: number): void;
  /** @param selection offsets into the code */
  focus(selection?: readonly [start: number, end: number]): void;
  /** Releases the editor and its documents. */
  dispose(): void;
}
