import { Codemode } from '../../../sdk/index.js';
import * as sdk from '../../../sdk/index.js';
import { ToolsModuleError } from './errors.js';
import { readImportMap } from './import-map.js';
import type { RegisterTools, ToolRegistrations } from './tool-registrations.js';

/** What the attributes of a snippet say about where its code runs. Snippets with the same choice share one `Codemode`. */
export interface CodemodeChoice {
  /** Address of a module that exports `register(codemode, sdk)`. */
  readonly tools?: string | undefined;
  readonly runnerUrl?: string | undefined;
  /** `#id` of a script, or an address. */
  readonly importMap?: string | undefined;
}

/** Milliseconds after which a session at rest gives its worker back; its variables come back with the next run. */
const idleTimeout = 60_000;

/** The `Codemode` of each choice that the snippets of a page have made. `close` releases all. */
export class PageCodemodes {
  readonly #registrations: ToolRegistrations;
  readonly #made = new Map<string, Promise<Codemode>>();
  /** Those that have the tools of `registerTools`. */
  readonly #withPageTools = new Set<Codemode>();
  readonly #unsubscribe: () => void;

  constructor(registrations: ToolRegistrations) {
    this.#registrations = registrations;
    this.#unsubscribe = registrations.subscribe((register) => {
      for (const codemode of this.#withPageTools) void Promise.resolve(register(codemode, sdk)).catch(reportError);
    });
  }

  /**
   * The `Codemode` of a choice, made at the first call with its tools registered. After a failure the next call tries again.
   * @throws ToolsModuleError, ImportMapError, and what a function given to `registerTools` throws
   */
  get(choice: CodemodeChoice): Promise<Codemode> {
    const key = JSON.stringify([choice.tools, choice.runnerUrl, choice.importMap]);
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

  async #make({ tools, runnerUrl, importMap }: CodemodeChoice): Promise<Codemode> {
    const register = tools === undefined ? undefined : await loadTools(tools);
    const codemode = new Codemode({
      limits: { idleTimeout },
      ...(runnerUrl === undefined ? {} : { runnerUrl }),
      ...(importMap === undefined ? {} : { importMap: await readImportMap(importMap, document) }),
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
    // Neither Vite nor webpack is to look for it among the site's own modules.
    loaded = (await import(/* @vite-ignore */ /* webpackIgnore: true */ url)) as typeof loaded;
  } catch (error) {
    throw new ToolsModuleError(address, error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (typeof loaded['register'] !== 'function')
    throw new ToolsModuleError(address, 'the module has to export a function “register”.');
  return loaded['register'] as RegisterTools;
}
