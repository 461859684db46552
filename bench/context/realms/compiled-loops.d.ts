declare module 'compiled:loops' {
  /** `code` of a `CompiledModule`, evaluated. */
  export const link: (runtime: object) => Generator<unknown, void, void>;
}
