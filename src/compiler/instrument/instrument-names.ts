import type { activations } from '../../context/activations/activations.js';
import type { GeneratedNames } from '../output/generated-names.js';

export type ActivationFunction = keyof typeof activations;

/** Keys of `activations`, the functions that instrumented code calls. */
export const activationFunctions = [
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
  'scheduled',
] as const satisfies readonly ActivationFunction[];

/** Identifiers of the code that instrumenting writes; none may occur in the source. */
export type ActivationNames = Readonly<Record<ActivationFunction, string>> & {
  /** The activation of each function. */
  readonly activation: string;
  /** The activation of an async top level. */
  readonly topActivation: string;
  /** The result of a suspension. */
  readonly result: string;
  /** The value that a pattern destructures, or a `catch` receives. */
  readonly target: string;
  /** Prefix of the numbered variables for resources and their disposal. */
  readonly resource: string;
};

/** How a top level suspends. */
export interface Suspends {
  readonly suspends: boolean;
  /** Whether it needs a variable for the results of suspension points. */
  readonly usesResults: boolean;
}

/** The latest names, and their prefix: nearly every source has the same one. */
let latest: { readonly prefix: string; readonly names: ActivationNames } | undefined;

export function nameActivations(generated: GeneratedNames): ActivationNames {
  if (latest?.prefix !== generated.prefix) latest = { prefix: generated.prefix, names: makeNames(generated) };
  return latest.names;
}

function makeNames(generated: GeneratedNames): ActivationNames {
  const functions = Object.fromEntries(activationFunctions.map((key) => [key, generated.of(key)])) as Record<
    ActivationFunction,
    string
  >;
  return {
    ...functions,
    activation: generated.of('f'),
    topActivation: generated.of('top'),
    result: generated.of('r'),
    target: generated.of('v'),
    resource: generated.of('u'),
  };
}

/** A pattern that takes all activation functions from an object. */
export function activationFunctionsPattern(names: ActivationNames): string {
  return patternOf(activationFunctions, names);
}

/** Declares the activation functions that a text mentions, from `source`: each one is a large cost for a small cell. */
export function mentionedActivationFunctions(names: ActivationNames, text: string, source: string): string {
  const mentioned = activationFunctions.filter((key) => text.includes(names[key]));
  return mentioned.length === 0 ? '' : `const ${patternOf(mentioned, names)}=${source};`;
}

function patternOf(keys: readonly ActivationFunction[], names: ActivationNames): string {
  return `{${keys.map((key) => `${key}:${names[key]}`).join(',')}}`;
}

/** Text before and after an async top level; empty if it does not suspend. */
export function topLevelActivation(
  names: ActivationNames,
  { suspends, usesResults }: Suspends,
): { readonly open: string; readonly close: string } {
  if (!suspends) return { open: '', close: '' };
  const { topActivation, enter, exit } = names;
  return {
    open: `${usesResults ? `let ${names.result};` : ''}const ${topActivation}=${enter}();try{`,
    close: `}finally{${exit}(${topActivation})}`,
  };
}
