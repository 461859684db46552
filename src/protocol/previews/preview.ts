/**
 * A value as it is shown, not as it is: data only, safe to send, safe to render, bounded in depth and size.
 * What has a `handle` can be expanded lazily by asking the session that made it.
 */
export type Preview = PrimitivePreview | ObjectPreview;

/** A primitive value as it is shown. */
export interface PrimitivePreview {
  readonly type: 'undefined' | 'null' | 'boolean' | 'number' | 'bigint' | 'string' | 'symbol';
  /** As it would be typed, without quotes for strings: `-0`, `NaN`, `10n` without its `n`, `Symbol(x)`. */
  readonly text: string;
  /** Characters of the whole string, where `text` was cut. */
  readonly length?: number;
}

/** The kind of object that a preview shows. */
export type ObjectKind =
  | 'object'
  | 'array'
  | 'function'
  | 'class'
  | 'error'
  | 'date'
  | 'regexp'
  | 'map'
  | 'set'
  | 'weak'
  | 'promise'
  | 'proxy'
  | 'getter'
  | 'typedarray'
  | 'arraybuffer'
  | 'boxed'
  | 'generator'
  | 'circular';

/** An object as it is shown. */
export interface ObjectPreview {
  readonly type: 'object';
  readonly kind: ObjectKind;
  /** Name of the constructor, or of the function; `''` for a null prototype. */
  readonly className: string;
  /** One line: `Array(3)`, `ƒ add(a, b)`, `Promise {<pending>}`, `TypeError: x is not a function`. */
  readonly text: string;
  /** Elements of an array, entries of a map, bytes of a buffer. */
  readonly size?: number;
  /** The first own properties, entries and internal slots. */
  readonly properties?: readonly PropertyPreview[];
  /** How many properties or entries were left out of `properties`. */
  readonly more?: number;
  /** Of a promise. */
  readonly state?: 'pending' | 'fulfilled' | 'rejected';
  /** Of a function or class: its source, as the reader wrote it, cut where long. */
  readonly source?: string;
  /** Of an error: frames at the reader's own lines. */
  readonly stack?: readonly StackFrame[];
  /** Asks the session for more. Absent where there is nothing more to see. */
  readonly handle?: string;
}

/** A property of an object as it is shown. */
export interface PropertyPreview {
  readonly name: string;
  /** `index` of an array, `entry` of a map or set, `internal` for `[[Prototype]]`, `[[PromiseResult]]` and the like. */
  readonly key: 'string' | 'symbol' | 'index' | 'entry' | 'internal';
  readonly enumerable: boolean;
  readonly value: Preview;
  /** The key of a map entry, where it is more than its name can tell. */
  readonly entryKey?: Preview;
}

/** A frame of a stack, at the line and column (both from 1) of what the reader wrote. */
export interface StackFrame {
  readonly functionName: string;
  /** `cell-3.ts` for a cell, an address for an imported module. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
