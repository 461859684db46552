import type { frames } from '../../context/frames.js';

export type FrameFunction = keyof typeof frames;

/** Keys of `frames`, the functions that instrumented code calls. */
export const frameFunctions = [
  'enter',
  'capture',
  'reenter',
  'exit',
  'resume',
  'suspend',
  'suspendYield',
  'returned',
  'rejected',
  'restArguments',
  'asyncIterable',
  'syncIterable',
  'afterDisposal',
  'disposal',
  'emptyDisposal',
  'executor',
] as const satisfies readonly FrameFunction[];

/** Identifiers of the code that instrumenting writes; none may occur in the source. */
export type FrameNames = Readonly<Record<FrameFunction, string>> & {
  /** The frame of each function. */
  readonly frame: string;
  /** The frame of an async top level. */
  readonly topFrame: string;
  /** What a suspension came back with. */
  readonly result: string;
  /** What a pattern takes apart, or a `catch` is given. */
  readonly target: string;
  /** Numbered: resources and what disposes of them. */
  readonly resource: string;
};

/** How a top level suspends. */
export interface Suspends {
  readonly suspends: boolean;
  /** It needs a variable for what suspensions come back with. */
  readonly usesResults: boolean;
}

/** `name` makes an identifier that does not occur in the source from a suffix. */
export function frameNames(name: (suffix: string) => string): FrameNames {
  const functions = Object.fromEntries(frameFunctions.map((key) => [key, name(key)])) as Record<FrameFunction, string>;
  return {
    ...functions,
    frame: name('f'),
    topFrame: name('top'),
    result: name('r'),
    target: name('v'),
    resource: name('u'),
  };
}

/** A pattern that takes all frame functions from an object. */
export function frameFunctionsPattern(names: FrameNames): string {
  return patternOf(frameFunctions, names);
}

/** Declares the frame functions that a text mentions, from `source`: each costs a small cell more than all else that it does. */
export function mentionedFrameFunctions(names: FrameNames, text: string, source: string): string {
  const mentioned = frameFunctions.filter((key) => text.includes(names[key]));
  return mentioned.length === 0 ? '' : `const ${patternOf(mentioned, names)}=${source};`;
}

function patternOf(keys: readonly FrameFunction[], names: FrameNames): string {
  return `{${keys.map((key) => `${key}:${names[key]}`).join(',')}}`;
}

/** What goes before and after an async top level; nothing where it does not suspend. */
export function topLevelFrame(
  names: FrameNames,
  { suspends, usesResults }: Suspends,
): { readonly open: string; readonly close: string } {
  if (!suspends) return { open: '', close: '' };
  const { topFrame, enter, exit } = names;
  return {
    open: `${usesResults ? `let ${names.result};` : ''}const ${topFrame}=${enter}();try{`,
    close: `}finally{${exit}(${topFrame})}`,
  };
}
