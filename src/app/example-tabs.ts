import type { CodemodePlayground, PlaygroundTab, TabOptions } from '../elements/index.js';
import type { KeptPlace, KeptTab, KeptTabs } from './kept-tabs.js';

/** The tabs of an example in the playground: the reader's version, if any, with a reset to the author's. */
export class ExampleTabs {
  readonly #playground: CodemodePlayground;
  readonly #kept: KeptTabs;
  readonly #onChange: () => void;
  #place: KeptPlace | undefined;
  #original: readonly KeptTab[] = [];
  /** The reader's version before the reset, and the tabs that replaced it. */
  #beforeReset: readonly KeptTab[] | undefined;

  /** @param onChange called when undo of a reset becomes possible or impossible */
  constructor(playground: CodemodePlayground, kept: KeptTabs, onChange: () => void) {
    this.#playground = playground;
    this.#kept = kept;
    this.#onChange = onChange;
  }

  /** Whether the last action was a reset, without a change of code since. */
  get canUndoReset(): boolean {
    return this.#beforeReset !== undefined;
  }

  /** Stores the open tabs and shows the tabs of another example. Runs no code. */
  show(place: KeptPlace, tabs: readonly TabOptions[]): void {
    this.keep();
    this.#place = place;
    this.#original = tabs.map(tabToKeep);
    this.#endUndo();
    this.#open(this.#kept.read(place) ?? tabs);
  }

  /** Stores the reader's version. Called before the page may close. */
  keep(): void {
    if (this.#place === undefined || this.#playground.tabs.length === 0) return;
    this.#kept.write(this.#place, this.#playground.tabs.map(tabToKeep), this.#original);
  }

  /** Shows the author's code. `undoReset` restores the reader's version. */
  reset(): void {
    const before = this.#playground.tabs.map(tabToKeep);
    this.#open(this.#original);
    this.#beforeReset = before;
    for (const tab of this.#playground.tabs) tab.addEventListener('change', this.#onTabChange);
    this.keep();
    this.#onChange();
  }

  undoReset(): void {
    const before = this.#beforeReset;
    if (before === undefined) return;
    this.#endUndo();
    this.#open(before.length === 0 ? this.#original : before);
    this.keep();
  }

  #open(tabs: readonly TabOptions[]): void {
    const before = this.#playground.tabs;
    const [first] = tabs.map((tab) => this.#playground.openTab(tab));
    if (first !== undefined) this.#playground.activate(first);
    for (const tab of before) void this.#playground.closeTab(tab);
  }

  /** Ends the offer to undo at the first edit: undo would discard the edit. */
  readonly #onTabChange = (): void => {
    if (JSON.stringify(this.#playground.tabs.map(tabToKeep)) !== JSON.stringify(this.#original)) this.#endUndo();
  };

  #endUndo(): void {
    if (this.#beforeReset === undefined) return;
    this.#beforeReset = undefined;
    this.#onChange();
  }
}

function tabToKeep({ name = '', code = '', context = {} }: TabOptions | PlaygroundTab): KeptTab {
  return { name, code, context };
}
