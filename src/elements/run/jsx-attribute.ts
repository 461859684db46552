import type { JsxOptions } from '../../sdk/index.js';

/** The options in an attribute `jsx`: a package, or JSON. @throws TypeError for text that begins like JSON and is none */
export function readJsxOptions(text: string): JsxOptions {
  if (!text.startsWith('{')) return { importSource: text };
  try {
    return JSON.parse(text) as JsxOptions;
  } catch (error) {
    throw new TypeError(`The attribute jsx must be a package or JSON: ${(error as Error).message}`, { cause: error });
  }
}
