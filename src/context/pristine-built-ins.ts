/*
 * Copies of built-ins from before user code runs, which may patch them (polyfills do). Each by itself, so that a bundle has those
 * that it uses. Collections are in `pristine-collections.ts`.
 */

export const apply = Reflect.apply;
export const construct = Reflect.construct;
/** Gives `false` where `Object.defineProperty` throws. */
export const defineOwn = Reflect.defineProperty;
export const descriptorOf = Reflect.getOwnPropertyDescriptor;
export const getPrototypeOf = Reflect.getPrototypeOf;
export const ownKeys = Reflect.ownKeys;
export const setPrototypeOf = Reflect.setPrototypeOf;

export const freeze = Object.freeze;
export const hasOwn = Object.hasOwn;
export const is = Object.is;
export const keys = Object.keys;
export const isArray = Array.isArray;
export const isFinite = Number.isFinite;
export const stringify = JSON.stringify;

export const PristineTypeError = TypeError;

/** Options that inherit none. */
export const none: Readonly<Record<string, never>> = freeze({ __proto__: null } as never);

const execute = RegExp.prototype.exec;

/** The other methods of expressions call each other and this one, where code may find them; this one calls none. */
export function matchOf(expression: RegExp, text: string): RegExpExecArray | null {
  return apply(execute, expression, [text]);
}
