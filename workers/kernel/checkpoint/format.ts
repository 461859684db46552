import type { DeclarationKind } from '../../../src/compiler/types.js';

/**
 * How a namespace is written. Names that reach a common object form a group, each written by itself, so that a checkpoint
 * that follows another holds only the groups that changed. A group is JSON.
 *
 * A slot is a primitive as JSON has it, `[id]` of a node, or one of `["undefined"]`, `["NaN"]`, `["Infinity"]`,
 * `["-Infinity"]`, `["-0"]`, `["bigint", hexadecimal]`, `["symbol", key]` of the registry, `["wellknown", "iterator"]`,
 * `["global", "Math.floor"]`, `["tools"]`, `["tool", path]`, `["import", specifier]`, `["import", specifier, exportName]`.
 * Nodes refer to each other by id, so cycles and common references are nothing special. Functions and classes are objects
 * like any other: only what a definition makes anew by itself comes from evaluating its source.
 */
export interface GroupText {
  readonly id: number;
  readonly names: readonly NameText[];
  readonly nodes: readonly NodeText[];
}

/** Where the name stands among all of them, and what it is bound to: a slot, or an export of a module. */
export type NameText =
  | readonly [position: number, name: string, kind: Exclude<DeclarationKind, 'import'>, slot: SlotText]
  | readonly [position: number, name: string, kind: 'import', specifier: string, exportName: string | null];

type SlotText = null | boolean | number | string | readonly [number] | readonly [string, ...string[]];

/** A string, or a symbol as slots have them. */
export type KeyText = string | readonly [string, string];

export interface NodeText {
  readonly i: number;
  /** Absent: a plain object. */
  readonly t?: NodeType;
  /** What makes the node of its type; see `NodeType`. */
  readonly v?: unknown;
  /** Own properties in their order, where all of them are ordinary: key, slot, key, slot … */
  readonly p?: readonly (KeyText | SlotText)[];
  /** Own properties in their order, with flags: 1 enumerable, 2 writable, 4 configurable; an accessor has two slots, of its getter and its setter. */
  readonly a?: readonly (readonly [key: KeyText, flags: number, value: SlotText, setter?: SlotText])[];
  /** The prototype where it is another than the type's own. */
  readonly c?: SlotText;
  /** 1 not extensible, 2 sealed, 3 frozen. */
  readonly x?: 1 | 2 | 3;
  /** Of a function that uses the name that declared it, and not one of its own. */
  readonly d?: string;
}

/**
 * `array` slots · `sparse` length; elements are properties · `map` key, value … · `set` slots · `date` time or null · `regexp` source,
 * flags · `url` address · `box` slot · `buffer` base64, of a resizable one base64 and its maximum · `view` type, node of the buffer,
 * offset, length or null where it follows the buffer · `error` native constructor, and of a DOMException name and message · `fn` and
 * `method` source · `member` class, key, 1 if static, `value`, `get` or `set`: what the definition of the class put there · `prototype`
 * slot of the function that came with it
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

/** What one checkpoint may take. */
export interface CheckpointLimits {
  /** Objects that one name reaches. */
  readonly maxObjects: number;
  /** Characters of the text of what one name reaches, and of all of it together. */
  readonly maxCharacters: number;
  readonly maxTotal: number;
  /** What a name may always take, however full the checkpoint is. */
  readonly reserved: number;
}

export const checkpointLimits: CheckpointLimits = {
  maxObjects: 100_000,
  maxCharacters: 8 * 1024 * 1024,
  maxTotal: 16 * 1024 * 1024,
  reserved: 64 * 1024,
};
