import { Codemode } from '../../../sdk/index.js';
import * as sdk from '../../../sdk/index.js';
import { readJsxOptions } from '../../run/jsx-attribute.js';
import { ToolsModuleError } from './errors.js';
import { readImportMap } from './import-map.js';
import type { RegisterTools, ToolRegistrations } from './tool-registrations.js';

/** Attributes that select the `Codemode` of a snippet. Snippets with equal attributes share one. */
export interface CodemodeChoice {
  /** URL of a module that exports `register(codemode, sdk)`. */
  readonly tools?: string | undefined;
  readonly runnerUrl?: string | undefined;
  /** `#id` of a script, or a URL. */
  readonly importMap?: string | undefined;
  /** The package of JSX, or its options as JSON. */
  readonly jsx?: string | undefined;
}

/** Milliseconds until an idle session releases its worker. The next run restores its variables. */
const idleTimeout = 60_000;

/** The `Codemode`s of a page's snippets, one for each choice. `close` releases all. */
export class PageCodemodes {
  readonly #registrations: ToolRegistrations;
  readonly #made = new Map<string, Promise<Codemode>>();
  /** The `Codemode`s with the tools of `registerTools`. */
  readonly #withPageTools = new Set<Codemode>();
  readonly #unsubscribe: () => void;

  constructor(registrations: ToolRegistrations) {
    this.#registrations = registrations;
    this.#unsubscribe = registrations.subscribe((register) => {
      for (const codemode of this.#withPageTools) void Promise.resolve(register(codemode, sdk)).catch(reportError);
    });
  }

  /**
   * Returns the `Codemode` of a choice; creates it and registers its tools at the first call. After a failure, the next call tries again.
   * @throws ToolsModuleError, ImportMapError, TypeError for a `jsx` that is no JSON, and errors of functions passed to `registerTools`
   */
  get(choice: CodemodeChoice): Promise<Codemode> {
    const key = JSON.stringify([choice.tools, choice.runnerUrl, choice.importMap, choice.jsx]);
    const existing = this.#made.get(key);
    if (existing !== undefined) return existing;
    const making = this.#make(choice);
    this.#made.set(key, making);
    making.catch(() => this.#made.delete(key));
    return making;
  }

  async close(): Promise<void> {
    this.#unsubscribe();
    const made = [...this.#made.values()];
    this.#made.clear();
    this.#withPageTools.clear();
    await Promise.all(made.map(async (making) => await (await making.catch(() => undefined))?.close()));
  }

  async #make({ tools, runnerUrl, importMap, jsx }: CodemodeChoice): Promise<Codemode> {
    const register = tools === undefined ? undefined : await loadTools(tools);
    const codemode = new Codemode({
      limits: { idleTimeout },
      ...(runnerUrl === undefined ? {} : { runnerUrl }),
      ...(importMap === undefined ? {} : { importMap: await readImportMap(importMap, document) }),
      ...(jsx === undefined ? {} : { jsx: readJsxOptions(jsx) }),
    });
    try {
      if (register !== undefined) {
        await register(codemode, sdk);
        return codemode;
      }
      this.#withPageTools.add(codemode);
      for (const registerOne of this.#registrations.all) await registerOne(codemode, sdk);
      return codemode;
    } catch (error) {
      this.#withPageTools.delete(codemode);
      void codemode.close();
      throw error;
    }
  }
}

async function loadTools(address: string): Promise<RegisterTools> {
  const url = new URL(address, document.baseURI).href;
  let loaded: Readonly<Record<string, unknown>>;
  try {
    // Vite and webpack must not resolve this import at build time.
    loaded = (await import(/* @vite-ignore */ /* webpackIgnore: true */ url)) as typeof loaded;
  } catch (error) {
    throw new ToolsModuleError(address, error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (typeof loaded['register'] !== 'function')
    throw new ToolsModuleError(address, 'the module must export a function “register”.');
  return loaded['register'] as RegisterTools;
}
