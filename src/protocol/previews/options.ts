import type { IsProxy } from '../intrinsics/brand.js';
import type { StackFrame } from './preview.js';

interface PromiseState {
  readonly state: 'pending' | 'fulfilled' | 'rejected';
  /** Its value, or the reason of its rejection. */
  readonly value?: unknown;
}

/** Facts of a value that only its realm knows. Without a hook, previews leave that part out. */
export interface PreviewHooks {
  readonly isProxy?: IsProxy;
  /** Target of a proxy that `isProxy` knows. */
  readonly proxyTarget?: (proxy: object) => object | undefined;
  readonly promiseState?: (promise: object) => PromiseState | undefined;
  /** The source of a function as its author wrote it. */
  readonly sourceOf?: (fn: object) => string | undefined;
  /** The stack text of an error as frames at the author's lines. */
  readonly framesOf?: (stack: string) => readonly StackFrame[];
  /** Names a getter of an object, so that it can be run later, when somebody asks for its value. */
  readonly handleForGetter?: (receiver: object, getter: () => unknown) => string | undefined;
  /** Keeps the object for a later `expand` and names it. */
  readonly handleFor?: (object: object) => string | undefined;
}

/** How much a preview shows. */
export interface PreviewBounds {
  /** Levels of objects that show their properties. @default 1 */
  readonly maxDepth: number;
  /** Properties, elements or entries of one object. @default 20 */
  readonly maxProperties: number;
  /** UTF-16 units of one string. @default 10,000 */
  readonly maxString: number;
  /** UTF-16 units of the whole preview, roughly. @default 20,000 */
  readonly maxCharacters: number;
}

export const defaultPreviewBounds: PreviewBounds = {
  maxDepth: 1,
  maxProperties: 20,
  maxString: 10_000,
  maxCharacters: 20_000,
};

export interface PreviewOptions extends PreviewHooks {
  readonly preview?: Partial<PreviewBounds>;
}
