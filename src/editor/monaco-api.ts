/** Type of the Monaco that `load-monaco.ts` loads. The import of a type loads nothing. */
export type Monaco = typeof import('./monaco.js');
