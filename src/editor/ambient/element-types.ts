/**
 * Types of JSX where no library declares any: elements are `any`, and take any attribute. The editor has no types of packages that the
 * import map names.
 */
export const elementTypes = `
declare namespace JSX {
  type Element = any;
  type ElementType = any;
  interface ElementChildrenAttribute { children: unknown }
  interface IntrinsicAttributes { key?: unknown; ref?: unknown }
  interface IntrinsicElements { [name: string]: any }
}`;
