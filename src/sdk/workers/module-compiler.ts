import { after } from '../../protocol/resources/timers.js';
import type { ConnectKernel, KernelConnection } from './kernel-connection.js';
import { KeptModules } from './kept-modules.js';
import { resolveRunnerUrl } from './runner-location.js';

export interface ModuleCompilerOptions {
  readonly connect: ConnectKernel;
  /** How elements of JSX are compiled. */
  readonly jsx: object | undefined;
  /** Tells the compiler of this page from others: what one has compiled, another does not take. */
  readonly name: string;
  /** The page that `connect` opens: what its compiler makes is kept across reloads. @default nothing is kept */
  readonly frame?: { readonly runnerUrl: string | URL | undefined } | undefined;
  /** Ends its worker. */
  readonly closing: AbortSignal;
}

/**
 * Below so many characters in all, a session compiles sooner than a worker opens. A module of fewer characters compiles sooner than
 * the storage answers.
 */
const fewCharacters = 64 * 1024;
/** Characters of sources that are kept for the page. */
const maxCharacters = 32 * 1024 * 1024;
/** Milliseconds after which its worker ends, if there is nothing to compile. */
const idleTime = 2_000;

/** A worker without a kernel does nothing with it. With a RuntimeContext, whatever imports an error of the SDK would load that class. */
const context = { runId: 'compile', correlationId: 'compile', variables: {}, metadata: {} };

/** Compiled modules of the page, by source, and then by all else that they depend on. The oldest sources stand first. */
const compiled = new Map<string, Map<string, Promise<ArrayBuffer | undefined>>>();
let characters = 0;

/**
 * Compiles modules for all sessions of a page, in a worker in which no code of a reader ever runs: what a session's own worker
 * compiled, another session could not trust.
 */
export class ModuleCompiler {
  readonly #options: ModuleCompilerOptions;
  readonly #kept: KeptModules | undefined;
  #connection: Promise<KernelConnection> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #seen = 0;
  #open = 0;
  #cancelEnd = (): void => undefined;

  constructor(options: ModuleCompilerOptions) {
    this.#options = options;
    this.#kept = options.frame && new KeptModules(resolveRunnerUrl(options.frame.runnerUrl));
    options.closing.addEventListener('abort', () => this.#end(), { once: true });
  }

  /** The compiled module, if it was asked for before. If not, it is compiled for the next session that asks. */
  async compiled(url: string, source: string): Promise<ArrayBuffer | undefined> {
    const { name, jsx } = this.#options;
    const key = JSON.stringify([name, jsx, url]);
    const known = compiled.get(source)?.get(key);
    if (known !== undefined) return await known;
    this.#seen += source.length;
    const storage = source.length >= fewCharacters ? this.#kept : undefined;
    const given = storage === undefined ? '' : JSON.stringify([key, source]);
    const kept = await storage?.read(given);
    if (kept !== undefined) remember(source, key, Promise.resolve(kept));
    else if (this.#seen >= fewCharacters && compiled.get(source)?.has(key) !== true) {
      const compiling = this.#enqueue(url, source);
      remember(source, key, compiling);
      void compiling.then((data) => data && storage?.write(given, data));
    }
    return kept;
  }

  #enqueue(url: string, source: string): Promise<ArrayBuffer | undefined> {
    this.#cancelEnd();
    this.#open += 1;
    const compiling = this.#last.then(() => this.#compile(url, source)).catch(() => undefined);
    this.#last = compiling.then(() => {
      if (--this.#open === 0) this.#cancelEnd = after(idleTime, () => this.#end());
    });
    return compiling;
  }

  async #compile(url: string, source: string): Promise<ArrayBuffer> {
    const { connect, jsx, closing } = this.#options;
    closing.throwIfAborted();
    this.#connection ??= connect({ api: noHost, onLost: () => (this.#connection = undefined) }, closing);
    const connection = await this.#connection;
    return (await connection.request('compile', { context, url, source, jsx })).data;
  }

  #end(): void {
    this.#cancelEnd();
    void this.#connection?.then(
      (connection) => connection.terminate('nothing is left to compile'),
      () => undefined,
    );
    this.#connection = undefined;
  }
}

function remember(source: string, key: string, data: Promise<ArrayBuffer | undefined>): void {
  const ofSource = compiled.get(source) ?? new Map<string, Promise<ArrayBuffer | undefined>>();
  compiled.set(source, ofSource.set(key, data));
  characters += source.length;
  for (const [oldest, { size }] of compiled) {
    if (characters <= maxCharacters) break;
    compiled.delete(oldest);
    characters -= oldest.length * size;
  }
}

const refuse = (): never => {
  throw new Error('A worker that compiles calls nothing.');
};
const noHost = {
  callTool: refuse,
  cancelToolCall: refuse,
  output: refuse,
  checkpoint: refuse,
  loadModule: refuse,
  loadPart: refuse,
  mutate: refuse,
  running: refuse,
};
