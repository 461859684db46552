import type { DeclarationKind } from '../../../../src/compiler/types.js';

/**
 * The text format of a checkpoint. Names that reach a common object form a group. Each group is written separately, so that a
 * later checkpoint holds only the changed groups. A group is JSON.
 *
 * A slot is a JSON primitive, `[id]` of a node, or one of `["undefined"]`, `["NaN"]`, `["Infinity"]`,
 * `["-Infinity"]`, `["-0"]`, `["bigint", hexadecimal]`, `["symbol", key]` of the registry, `["wellknown", "iterator"]`,
 * `["global", "Math.floor"]`, `["tools"]`, `["tool", path]`, `["import", specifier]`, `["import", specifier, exportName]`.
 * Nodes refer to each other by id, which allows cycles and shared references. Functions and classes have nodes like other
 * objects: evaluating the source recreates only the parts that a definition creates.
 */
export interface GroupText {
  readonly id: number;
  readonly names: readonly NameText[];
  readonly nodes: readonly NodeText[];
}

/** A name's position among all names, and its value: a slot, or an export of a module. */
export type NameText =
  | readonly [position: number, name: string, kind: Exclude<DeclarationKind, 'import'>, slot: SlotText]
  | readonly [position: number, name: string, kind: 'import', specifier: string, exportName: string | null];

type SlotText = null | boolean | number | string | readonly [number] | readonly [string, ...string[]];

/** A string, or the slot of a symbol. */
export type KeyText = string | readonly [string, string];

export interface NodeText {
  readonly i: number;
  /** The type; absent for a plain object. */
  readonly t?: NodeType;
  /** The data that the type needs; see `NodeType`. */
  readonly v?: unknown;
  /** Own properties in order, if all have default flags: key, slot, key, slot … */
  readonly p?: readonly (KeyText | SlotText)[];
  /** Own properties in order, with flags: 1 enumerable, 2 writable, 4 configurable. An accessor has two slots: getter and setter. */
  readonly a?: readonly (readonly [key: KeyText, flags: number, value: SlotText, setter?: SlotText])[];
  /** The prototype, if it differs from the type's default. */
  readonly c?: SlotText;
  /** 1 not extensible, 2 sealed, 3 frozen. */
  readonly x?: 1 | 2 | 3;
  /** The declared name of a function that refers to itself by that name. */
  readonly d?: string;
}

/**
 * `array` slots · `sparse` length; elements are properties · `map` key, value … · `set` slots · `date` time or null · `regexp` source,
 * flags · `url` address · `box` slot · `buffer` base64, for a resizable buffer also its maximum · `view` type, node of the buffer,
 * offset, length or null if it tracks the buffer's · `error` native constructor, for a DOMException also name and message · `fn` and
 * `method` source · `member` class, key, 1 if static, `value`, `get` or `set`: a function of the class definition · `prototype` slot of
 * its function
 */
type NodeType =
  | 'array'
  | 'sparse'
  | 'map'
  | 'set'
  | 'date'
  | 'regexp'
  | 'url'
  | 'box'
  | 'buffer'
  | 'view'
  | 'error'
  | 'fn'
  | 'method'
  | 'member'
  | 'prototype';

export const enumerable = 1;
export const writable = 2;
export const configurable = 4;
export const ordinary = enumerable | writable | configurable;

/** Size limits of a checkpoint. */
export interface CheckpointLimits {
  /** Most objects that one name reaches. */
  readonly maxObjects: number;
  /** Most characters of the text of one name, and of all names together. */
  readonly maxCharacters: number;
  readonly maxTotal: number;
  /** Characters that a name may take even in a full checkpoint. */
  readonly reserved: number;
}

export const checkpointLimits: CheckpointLimits = {
  maxObjects: 100_000,
  maxCharacters: 8 * 1024 * 1024,
  maxTotal: 16 * 1024 * 1024,
  reserved: 64 * 1024,
};
