/**
 * Registers a custom element once. A page that loads the script twice (two versions, two bundles) keeps the first definition
 * instead of failing.
 */
export function define(name: string, element: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}
