import type { ReactiveControllerHost } from 'lit';
import { PlaygroundTab } from './playground-tab.js';
import { move, neighbour } from './tab-order.js';

/** A tab or its id. */
export type TabReference = PlaygroundTab | string;

/** The open tabs of a playground, in order, and the active tab. Every change updates the host. */
export class OpenTabs {
  readonly #host: ReactiveControllerHost;
  #all: readonly PlaygroundTab[] = [];
  #active: PlaygroundTab | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get all(): readonly PlaygroundTab[] {
    return this.#all;
  }

  /** The active tab; undefined if no tab is open. */
  get active(): PlaygroundTab | undefined {
    return this.#active;
  }

  get isRunning(): boolean {
    return this.#all.some((tab) => tab.isRunning);
  }

  /**
   * An open tab; the active tab for `undefined`.
   * @throws RangeError if the tab is not open
   */
  resolve(tab: TabReference | undefined): PlaygroundTab {
    const found = tab === undefined ? this.#active : this.#all.find((open) => open === tab || open.id === tab);
    if (found !== undefined) return found;
    const open = this.#all.map(({ id, name }) => `${id} (${name})`).join(', ') || 'none';
    const name = tab instanceof PlaygroundTab ? tab.id : String(tab ?? 'the active one');
    throw new RangeError(`There is no open tab ${name}. Open tabs: ${open}.`);
  }

  /** Adds a tab and makes it active. @param index position; default at the end */
  insert(tab: PlaygroundTab, index = this.#all.length): void {
    this.#set(this.#all.toSpliced(index, 0, tab), tab);
  }

  activate(tab: PlaygroundTab): void {
    this.#set(this.#all, tab);
  }

  /** Removes a tab and makes its neighbour active. Returns the former position. */
  take(tab: PlaygroundTab): number {
    const index = this.#all.indexOf(tab);
    this.#set(
      this.#all.filter((open) => open !== tab),
      tab === this.#active ? neighbour(this.#all, tab) : this.#active,
    );
    return index;
  }

  move(tab: PlaygroundTab, to: number): void {
    this.#set(move(this.#all, this.#all.indexOf(tab), to), this.#active);
  }

  #set(all: readonly PlaygroundTab[], active: PlaygroundTab | undefined): void {
    this.#all = all;
    this.#active = active;
    this.#host.requestUpdate();
  }
}
