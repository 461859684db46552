import type { FunctionOrigin } from '../../../src/compiler/types.js';
import type { IsProxy } from '../../../src/protocol/intrinsics/brand.js';

export interface GraphHooks {
  readonly isProxy: IsProxy;
  /** `undefined` for what no code of the session made. */
  originOf(fn: object): FunctionOrigin | undefined;
  /** `Math.floor` */
  globalPath(object: object): string | undefined;
  /** The path of a tool or of a namespace by its binding; `''` for `tools` itself. */
  toolPath(object: object): string | undefined;
  /** The slot of what a module exports, and of modules, as far as names of the namespace are bound to them. */
  importSlot(object: object): string | undefined;
  /** Values in which to look for classes, when a method turns up by itself. */
  roots(): Iterable<unknown>;
}

/** What one name reaches, as far as names before it in the same pass did not reach it. */
export interface NameWalk {
  readonly name: object;
  readonly slot: string;
  readonly nodes: readonly string[];
  /** Of all nodes. */
  readonly characters: number;
  readonly objects: number;
  /** It counts: only its size is needed any more. */
  keep(): void;
  /** It does not count: its objects belong to whom they belonged before. Later walks are undone first. */
  undo(): void;
}

/** What is known of an object over all checkpoints: its id never changes. */
export interface Member {
  readonly id: number;
  /** The walk that wrote it last. */
  walk: NameWalk | undefined;
}

/** An object that waits to be written, and the way to it, for the reason if it can't be. */
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
