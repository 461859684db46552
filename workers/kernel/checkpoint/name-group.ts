import type { DeclarationKind } from '../../../src/compiler/types.js';
import type { Slot } from '../namespace/slot.js';
import type { NotKept } from './graph/not-kept.js';
import type { NameWalk } from './graph/reached.js';

/** A name with its state when it was last written. */
export class KeptName {
  kind: DeclarationKind | undefined;
  value: unknown;
  source: Slot['source'];
  group: Group | undefined;
  /** The latest walk; undefined for a lost name. */
  walk: NameWalk | undefined;
  /** Names of the same pass whose objects this name reaches. */
  readonly met = new Set<KeptName>();

  constructor(
    readonly name: string,
    readonly slot: Slot,
  ) {}

  /** Whether the name's binding has changed since it was written. Contents of objects are not compared. */
  isStale(): boolean {
    const { slot } = this;
    return (
      this.group === undefined ||
      this.kind !== slot.kind ||
      this.source !== slot.source ||
      (slot.source === undefined && !Object.is(this.value, slot.value))
    );
  }

  accept(result: NameWalk | NotKept): void {
    this.take();
    this.walk = 'slot' in result ? result : undefined;
  }

  /** Records the current binding as written. */
  take(): void {
    const { slot } = this;
    this.kind = slot.kind;
    this.source = slot.source;
    this.value = slot.source === undefined ? slot.value : undefined;
  }
}

/** Names that reach a common object. A name that shares no object is a group of its own. */
export interface Group {
  readonly id: number;
  readonly names: readonly KeptName[];
  /** The latest sent text; undefined if an earlier worker sent it. */
  text: string | undefined;
  /** The reason why its only name is not kept. */
  readonly lost: string | undefined;
  characters: number;
  objects: number;
  /** Time in milliseconds until which `due` passes skip the group. */
  due: number;
  /** The epoch in which the group was written. */
  epoch: number;
}

const smallObjects = 2_000;
const smallCharacters = 64 * 1024;
export const eagerLimits = { characters: smallCharacters, objects: smallObjects };

/** Whether the group is small enough to check for changes after each execution. */
export const isSmall = ({ objects, characters }: Group): boolean =>
  objects <= smallObjects && characters <= smallCharacters;

/** Milliseconds until a large group is checked again. It takes at most a tenth of the time, and 2 MB a second to the host. */
export const restAfter = (duration: number, sent: number): number => Math.max(duration * 10, sent / 2_000);
