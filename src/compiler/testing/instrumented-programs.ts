import { AsyncLocalStorage } from 'node:async_hooks';
import { activations } from '../../context/activations/activations.js';
import { Patches } from '../../context/platform/patches.js';
import { patchDisposal } from '../../context/platform/disposal.js';
import { patchEvents } from '../../context/platform/events.js';
import { patchPromise } from '../../context/platform/promise.js';
import { patchStreams } from '../../context/platform/streams.js';
import { Variable } from '../../context/async-context/variable.js';
import { Edits } from '../output/edits.js';
import { GeneratedNames } from '../output/generated-names.js';
import { activationFunctionsPattern, nameActivations, topLevelActivation } from '../instrument/instrument-names.js';
import { instrument } from '../instrument/instrument.js';
import { parse } from '../parse/parse.js';

/** What a program under test is given. */
export interface ProgramWorld {
  /** Notes an event, with the context it happens in. */
  readonly log: (event: unknown) => void;
  readonly get: () => unknown;
  readonly run: (value: unknown, fn: () => unknown) => unknown;
}

/** The program instrumented, as an expression whose value is a function of the activation functions and the world. */
export function instrumentedText(source: string): string {
  const { program, tokens } = parse(source, { language: 'js', sourceType: 'script', allowAwait: true });
  const edits = new Edits(source);
  const generated = new GeneratedNames(source);
  const names = nameActivations(generated);
  const suspends = instrument(program, tokens, edits, { names, topLevel: 'async', strict: false });
  const { open, close } = topLevelActivation(names, suspends);
  const world = generated.of('world');
  return (
    `(async (${world}, activations) => {const ${activationFunctionsPattern(names)} = activations; const { log, get, run } = ${world};` +
    `${open}${edits.apply().text}\n${close}})`
  );
}

type Program = (world: ProgramWorld, activationFunctions?: typeof activations) => Promise<unknown>;

/** Makes a program of source as it is. */
export function nativeProgram(source: string): Program {
  return evaluate(`(async (world) => {const { log, get, run } = world;${source}\n})`);
}

export function instrumentedProgram(source: string): Program {
  const program = evaluate(instrumentedText(source));
  return (world) => program(world, activations);
}

function evaluate(text: string): Program {
  // Indirect: the program sees no variable of this module.
  return (0, eval)(text) as Program;
}

/** Loops in loops make programs that are too long to be worth their time: from here on every event throws. */
export const mostEvents = 150;

/** Events of a program, each with its context, once nothing of it is left to run. */
export async function eventsOf(
  program: Program,
  { get, run }: Pick<ProgramWorld, 'get' | 'run'>,
  most = mostEvents,
): Promise<string[]> {
  const events: string[] = [];
  const log = (event: unknown): void => {
    if (events.length > most) throw new Error('Too many events');
    events.push(`${show(event)} in ${show(get())}`);
  };
  const ended = program({ log, get, run }).then(
    (value) => events.push(`ended ${show(value)}`),
    (error: unknown) => events.push(`failed ${show(error)}`),
  );
  await ended;
  await microtasksDone();
  return events;
}

/** Events of a source as it is, in the contexts that Node itself keeps. */
export async function nativeEvents(source: string, most?: number): Promise<string[]> {
  const storage = new AsyncLocalStorage<unknown>();
  try {
    return await eventsOf(
      nativeProgram(source),
      { get: () => storage.getStore(), run: (value, fn) => storage.run(value, fn) },
      most,
    );
  } finally {
    storage.disable();
  }
}

/** Events of a source in instrumented code, with promises, streams, events and disposal as in the worker. */
export async function instrumentedEvents(source: string, most?: number): Promise<string[]> {
  const variable = new Variable<unknown>();
  const patches = new Patches();
  patchPromise(patches, globalThis);
  patchStreams(patches, globalThis);
  patchDisposal(patches, globalThis);
  patchEvents(patches, { EventTarget, AbortSignal } as unknown as typeof globalThis);
  try {
    return await eventsOf(
      instrumentedProgram(source),
      {
        get: () => variable.get(),
        run: (value, fn) => variable.run(value, fn),
      },
      most,
    );
  } finally {
    patches.dispose();
  }
}

function microtasksDone(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Of a TypeError the name alone: engines quote code in its message, which is not the same once instrumented. */
function show(value: unknown): string {
  if (value instanceof TypeError) return value.name;
  return value instanceof Error ? `${value.name}: ${value.message}` : (JSON.stringify(value) ?? String(value));
}
