import type { DeclarationKind } from '../../../src/compiler/types.js';
import type { Slot } from '../namespace/slot.js';
import type { NotKept } from './not-kept.js';
import type { NameWalk } from './reached.js';

/** A name as it was when it was last written. */
export class KeptName {
  kind: DeclarationKind | undefined;
  value: unknown;
  source: Slot['source'];
  group: Group | undefined;
  /** The latest; undefined for a name that is lost. */
  walk: NameWalk | undefined;
  /** Names of the same pass whose objects it reaches. */
  readonly met = new Set<KeptName>();

  constructor(
    readonly name: string,
    readonly slot: Slot,
  ) {}

  /** Whether the name is bound to something else than when it was written. What an object holds is not looked at. */
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

  /** Counts what it is bound to now as written. */
  take(): void {
    const { slot } = this;
    this.kind = slot.kind;
    this.source = slot.source;
    this.value = slot.source === undefined ? slot.value : undefined;
  }
}

/** Names that reach a common object; one that reaches nothing of another's is a group by itself. */
export interface Group {
  readonly id: number;
  readonly names: readonly KeptName[];
  /** What was sent of it; undefined where the worker before this one did. */
  text: string | undefined;
  /** Why its one name is not kept. */
  readonly lost: string | undefined;
  characters: number;
  objects: number;
  /** Passes that only look whether something changed leave it alone until then; milliseconds. */
  due: number;
  /** How often code had run when it was written. */
  epoch: number;
}

const smallObjects = 2_000;
const smallCharacters = 64 * 1024;
export const eagerLimits = { characters: smallCharacters, objects: smallObjects };

/** Whether looking for changes in it costs so little that each execution can pay for it. */
export const isSmall = ({ objects, characters }: Group): boolean =>
  objects <= smallObjects && characters <= smallCharacters;

/** A large group takes at most a tenth of the time, and of the way to the host 2 MB a second. */
export const restAfter = (duration: number, sent: number): number => Math.max(duration * 10, sent / 2_000);
