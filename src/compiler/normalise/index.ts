export { asFunction } from './as-function.js';
export { normaliseCode, type NormalisedCode, type NormaliseOptions } from './normalise-code.js';
