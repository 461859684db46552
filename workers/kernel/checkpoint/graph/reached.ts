import type { FunctionOrigin } from '../../../../src/compiler/types.js';
import type { IsProxy } from '../../../../src/protocol/intrinsics/brand.js';

export interface GraphHooks {
  readonly isProxy: IsProxy;
  /** `undefined` for a function that the session's code did not create. */
  originOf(fn: object): FunctionOrigin | undefined;
  /** `Math.floor` */
  globalPath(object: object): string | undefined;
  /** The path of a tool or namespace; `''` for `tools` itself. */
  toolPath(object: object): string | undefined;
  /** The slot of a module or of its export, if a name imports it. */
  importSlot(object: object): string | undefined;
  /** Values among which to find the class of a method. */
  roots(): Iterable<unknown>;
}

/** The objects that one name reaches, except those of earlier names in the same pass. */
export interface NameWalk {
  readonly name: object;
  readonly slot: string;
  readonly nodes: readonly string[];
  /** Characters of all nodes. */
  readonly characters: number;
  readonly objects: number;
  /** Accepts the walk, of which only the size is needed from now on. */
  keep(): void;
  /** Undoes the walk: its objects return to their former walks. Undo later walks first. */
  undo(): void;
}

/** The record of an object across all checkpoints. Its id never changes. */
export interface Member {
  readonly id: number;
  /** The latest walk that wrote the object. */
  walk: NameWalk | undefined;
}

/** An object to write, and the path to it, for the reason if it can't be kept. */
export interface Reached {
  readonly source: object;
  readonly member: Member;
  readonly from: Reached | undefined;
  /** `.a`, `[0]`, or `a key of `, `an entry of `. */
  readonly step: string;
}

/** `it`, `.a.b`, `a key of .a` */
export function wayTo(from: Reached | undefined, step: string): string {
  const steps = [step];
  for (let at = from; at !== undefined; at = at.from) steps.push(at.step);
  let way = 'it';
  for (const one of steps.reverse()) {
    if (one.endsWith(' ')) way = one + way;
    else if (one !== '') way = way === 'it' ? one : way + one;
  }
  return way;
}
