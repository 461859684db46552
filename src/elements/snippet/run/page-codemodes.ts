import { Codemode } from '../../../sdk/index.js';
import * as sdk from '../../../sdk/index.js';
import { ToolsModuleError } from './errors.js';
import { readImportMap } from './import-map.js';
import { takeRegistrations, type RegisterTools } from './page-tools.js';

/** What a snippet's attributes say about where its code runs. Snippets that say the same share one `Codemode`. */
export interface CodemodeChoice {
  /** Address of a module that exports `register(codemode, sdk)`. */
  readonly tools?: string | undefined;
  readonly runnerUrl?: string | undefined;
  /** `#id` of a script, or an address. */
  readonly importMap?: string | undefined;
}

/** A reader who reads on keeps no worker: its variables come back with the next run. Milliseconds. */
const idleTimeout = 60_000;
const made = new Map<string, Promise<Codemode>>();
/** Those that have the tools of `registerTools`. */
const ofThePage: Codemode[] = [];
const registrations = takeRegistrations((register) => {
  for (const codemode of ofThePage) void Promise.resolve(register(codemode, sdk)).catch(reportError);
});

/**
 * The `Codemode` of a choice, made at the first call with its tools registered. A failed attempt is forgotten.
 * @throws ToolsModuleError, ImportMapError, and what a function given to `registerTools` throws
 */
export function codemodeOf(choice: CodemodeChoice): Promise<Codemode> {
  const key = JSON.stringify([choice.tools, choice.runnerUrl, choice.importMap]);
  const existing = made.get(key);
  if (existing !== undefined) return existing;
  const making = make(choice);
  made.set(key, making);
  making.catch(() => made.delete(key));
  return making;
}

async function make({ tools, runnerUrl, importMap }: CodemodeChoice): Promise<Codemode> {
  const register = tools === undefined ? undefined : await loadTools(tools);
  const codemode = new Codemode({
    limits: { idleTimeout },
    ...(runnerUrl === undefined ? {} : { runnerUrl }),
    ...(importMap === undefined ? {} : { importMap: await readImportMap(importMap, document) }),
  });
  if (register !== undefined) {
    await register(codemode, sdk);
    return codemode;
  }
  ofThePage.push(codemode);
  try {
    for (const registerOne of registrations) await registerOne(codemode, sdk);
  } catch (error) {
    ofThePage.splice(ofThePage.indexOf(codemode), 1);
    throw error;
  }
  return codemode;
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
