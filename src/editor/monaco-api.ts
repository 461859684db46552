/** Monaco as `load-monaco.ts` loads it: a type, so that naming it loads nothing. */
export type Monaco = typeof import('./monaco.js');
