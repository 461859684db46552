import { PristineSet, PristineWeakMap } from '../../../src/context/pristine-collections.js';
import type { ToolDescriptor } from '../../../src/protocol/wire.js';

export type ToolBinding = (args?: unknown) => Promise<unknown>;

/**
 * `tools` as the code sees it: a frozen object of functions that know nothing but their name. An unknown name is a
 * function too, whose call the host answers with the nearest name there is (E4); only such a name reaches the proxy behind.
 */
export function createToolBindings(
  descriptors: readonly ToolDescriptor[],
  call: (name: string, args: unknown) => Promise<unknown>,
): Readonly<Record<string, ToolBinding>> {
  const bind = (name: string): ToolBinding => {
    // Computed, so that the function is named after its tool in stack traces and in the inspector.
    const binding = { [name]: (args?: unknown) => call(name, args) }[name]!;
    names.set(binding, name);
    return freeze(binding);
  };
  const unknownNames = new Proxy(freeze(create(null)), {
    get: (_target, name) => (typeof name === 'symbol' || wellKnownProbes.has(name) ? undefined : bind(name)),
  });
  const bindings = create(unknownNames) as Record<string, ToolBinding>;
  for (const { name } of descriptors) defineProperty(bindings, name, { value: bind(name), enumerable: true });
  names.set(bindings, '');
  return freeze(bindings);
}

/** Which tool a function is bound to; `''` for `tools` itself, `undefined` for anything else. */
export const toolName = (binding: object): string | undefined => names.get(binding);

const names = new PristineWeakMap<object, string>();

// The proxy answers while the reader's code runs, with whatever that has made of the built-ins.
const { create, defineProperty, freeze } = Object;

/** Names that engines and libraries look up on any object; answering them with a function would change what it means. */
const wellKnownProbes = new PristineSet<string>([
  'then',
  'toJSON',
  'constructor',
  'prototype',
  'valueOf',
  'toString',
  'inspect',
]);
