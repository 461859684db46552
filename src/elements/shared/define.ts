/**
 * Registers a custom element once. A page that loads the script twice (two versions, two bundles) keeps the first definition
 * instead of failing. Does nothing on a server, where there is no registry.
 */
export function define(name: string, element: CustomElementConstructor): void {
  const registry = globalThis.customElements as CustomElementRegistry | undefined;
  if (registry !== undefined && registry.get(name) === undefined) registry.define(name, element);
}
