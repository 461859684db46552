export { decode, decodeInSteps, type DecodeOptions } from './decode.js';
export { encode, encodeMessage } from './encode.js';
export { type CodecBounds, type CodecOptions, defaultCodecBounds, type Payload } from './options.js';
export { refusalOf } from './text-limits.js';
