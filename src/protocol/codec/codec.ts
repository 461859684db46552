export { decode, decodeInSteps } from './decode.js';
export { encode, encodeMessage } from './encode.js';
export type { CodecOptions, Payload } from './options.js';
export { refusalOf } from './text-limits.js';
