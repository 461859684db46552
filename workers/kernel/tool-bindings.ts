import type { ToolDescriptor } from '../../src/protocol/wire.js';

export type ToolBinding = (args?: unknown) => Promise<unknown>;

/**
 * `tools` as the code sees it: a frozen object of functions that know nothing but their name. An unknown name is a
 * function too, whose call the host answers with the nearest name there is (E4).
 */
export function createToolBindings(
  descriptors: readonly ToolDescriptor[],
  call: (name: string, args: unknown) => Promise<unknown>,
): Readonly<Record<string, ToolBinding>> {
  const bind = (name: string): ToolBinding => {
    // Computed, so that the function is named after its tool in stack traces and in the inspector.
    const binding = { [name]: (args?: unknown) => call(name, args) }[name]!;
    return Object.freeze(binding);
  };
  const bindings: Record<string, ToolBinding> = Object.create(null) as Record<string, ToolBinding>;
  for (const { name } of descriptors) bindings[name] = bind(name);
  Object.freeze(bindings);
  return new Proxy(bindings, {
    get: (target, name) => {
      if (typeof name === 'symbol' || Object.hasOwn(target, name) || wellKnownProbes.has(name)) return Reflect.get(target, name) as unknown;
      return bind(name);
    },
  });
}

/** Names that engines and libraries look up on any object; answering them with a function would change what it means. */
const wellKnownProbes: ReadonlySet<string> = new Set(['then', 'toJSON', 'constructor', 'prototype', 'valueOf', 'toString', 'inspect']);
