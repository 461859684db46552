import type { editor, Uri } from 'monaco-editor/editor/editor.api.js';
import type { Monaco } from './monaco-api.js';
import { startTypeScriptWorker } from './monaco-workers.js';

interface TypeScriptProxy {
  updateExtraLibs(libs: unknown): Promise<void>;
}

/** The TypeScript worker. It starts at the first request and receives changed declarations. */
export class TypeScriptWorker {
  /** Called when the script of the worker did not arrive, and when it is asked for again. */
  readonly #listeners = new Set<(isMissing: boolean) => void>();
  readonly #monaco: Monaco;
  #isMissing = false;
  #worker: editor.MonacoWebWorker<TypeScriptProxy> | undefined;

  constructor(monaco: Monaco) {
    this.#monaco = monaco;
    monaco.typescript.typescriptDefaults.onDidExtraLibsChange(() => void this.#updateLibs());
  }

  /** Calls back at once and at each change: whether the script of the worker did not arrive. Call the returned function to end it. */
  watch(listener: (isMissing: boolean) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#isMissing);
    return () => this.#listeners.delete(listener);
  }

  /** Asks for the script again, and for the diagnostics of all models. */
  retry(): void {
    if (!this.#isMissing) return;
    this.#setMissing(false);
    const { typescriptDefaults: defaults } = this.#monaco.typescript;
    defaults.setDiagnosticsOptions(defaults.getDiagnosticsOptions());
  }

  /** As `get`, but waits for ever for a worker whose script did not arrive. */
  readonly whenThere = (...resources: Uri[]): Promise<unknown> =>
    this.#isMissing ? new Promise(() => undefined) : this.get(...resources);

  /** The worker's service, after it has received the present text of these models and of all others of the language. */
  readonly get = async (...resources: Uri[]): Promise<unknown> => {
    // Monaco takes it for a request that nobody waits for.
    if (this.#isMissing) throw Object.assign(new Error('Canceled'), { name: 'Canceled' });
    this.#worker ??= this.#start();
    const models = this.#monaco.editor.getModels().filter((model) => model.getLanguageId() === this.#monaco.languageId);
    return await this.#worker.withSyncedResources([...resources, ...models.map((model) => model.uri)]);
  };

  #start(): editor.MonacoWebWorker<TypeScriptProxy> {
    const { editor: api, typescript } = this.#monaco;
    const { typescriptDefaults: defaults } = typescript;
    const worker = startTypeScriptWorker();
    const onError = (event: Event): void => {
      // Monaco would load the script in the page.
      event.stopImmediatePropagation();
      event.preventDefault();
      worker.terminate();
      this.#worker = undefined;
      console.error('The types of the editor could not be loaded.');
      this.#setMissing(true);
    };
    worker.addEventListener('error', onError);
    worker.addEventListener('message', () => worker.removeEventListener('error', onError), { once: true });
    // The first message makes the worker script listen; the second holds its initial data.
    worker.postMessage('ignore');
    worker.postMessage({
      compilerOptions: defaults.getCompilerOptions(),
      extraLibs: defaults.getExtraLibs(),
      inlayHintsOptions: {},
    });
    return api.createWebWorker<TypeScriptProxy>({ worker, keepIdleModels: true });
  }

  #setMissing(isMissing: boolean): void {
    this.#isMissing = isMissing;
    for (const listener of this.#listeners) listener(isMissing);
  }

  async #updateLibs(): Promise<void> {
    const proxy = await this.#worker?.getProxy();
    await proxy?.updateExtraLibs(this.#monaco.typescript.typescriptDefaults.getExtraLibs());
  }
}
