/**
 * Registers a custom element unless its name is already defined: a page may load the script twice (two versions, two bundles).
 * Does nothing on a server.
 */
export function define(name: string, element: CustomElementConstructor): void {
  const registry = globalThis.customElements as CustomElementRegistry | undefined;
  if (registry !== undefined && registry.get(name) === undefined) registry.define(name, element);
}
