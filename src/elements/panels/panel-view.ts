import type { TemplateResult } from 'lit';
import type { PositionDetail } from '../console/console-row.js';
import type { PlaygroundTab } from '../playground/playground-tab.js';
import type { CodemodeLike } from '../run/codemode-like.js';
import type { TimelinePosition } from '../timeline/span-details.js';

/** The panels of a playground. */
export type PanelName = 'console' | 'variables' | 'context' | 'pending' | 'tools' | 'history' | 'timeline';

/** What a panel shows, and what it may ask of its playground. */
export interface PanelView {
  /** The active tab. */
  readonly tab: PlaygroundTab;
  readonly tabs: readonly PlaygroundTab[];
  /** Undefined until the first run of a playground that makes its own. */
  readonly codemode: CodemodeLike | undefined;
  /** The playground: whether the browser may keep something for it, and by which id. */
  readonly host: { readonly id: string; readonly persist: boolean };
  show(panel: PanelName): void;
  /** Runs code in the tab, as its console does. */
  evaluate(code: string): void;
  select(position: PositionDetail): void;
  /** Shows a place in the code of any tab. */
  goTo(position: TimelinePosition): void;
  readonly theme: 'auto' | 'light' | 'dark';
  /** Renders again. */
  update(): void;
}

/** A module with a panel. */
export interface PanelModule {
  renderPanel(view: PanelView): TemplateResult;
}
