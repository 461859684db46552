import type { editor, Uri } from 'monaco-editor/editor/editor.api.js';
import type { Monaco } from './monaco-api.js';
import { startTypeScriptWorker } from './monaco-workers.js';

interface TypeScriptProxy {
  updateExtraLibs(libs: unknown): Promise<void>;
}

/** The TypeScript worker. It starts at the first request and receives changed declarations. */
export class TypeScriptWorker {
  readonly #monaco: Monaco;
  #worker: editor.MonacoWebWorker<TypeScriptProxy> | undefined;

  constructor(monaco: Monaco) {
    this.#monaco = monaco;
    monaco.typescript.typescriptDefaults.onDidExtraLibsChange(() => void this.#updateLibs());
  }

  /** The worker's service, after it has received the present text of these models and of all others of the language. */
  readonly get = async (...resources: Uri[]): Promise<unknown> => {
    this.#worker ??= this.#start();
    const models = this.#monaco.editor.getModels().filter((model) => model.getLanguageId() === this.#monaco.languageId);
    return await this.#worker.withSyncedResources([...resources, ...models.map((model) => model.uri)]);
  };

  #start(): editor.MonacoWebWorker<TypeScriptProxy> {
    const { editor: api, typescript } = this.#monaco;
    const { typescriptDefaults: defaults } = typescript;
    const worker = startTypeScriptWorker();
    // The first message makes the worker script listen; the second holds its initial data.
    worker.postMessage('ignore');
    worker.postMessage({
      compilerOptions: defaults.getCompilerOptions(),
      extraLibs: defaults.getExtraLibs(),
      inlayHintsOptions: {},
    });
    return api.createWebWorker<TypeScriptProxy>({ worker, keepIdleModels: true });
  }

  async #updateLibs(): Promise<void> {
    const proxy = await this.#worker?.getProxy();
    await proxy?.updateExtraLibs(this.#monaco.typescript.typescriptDefaults.getExtraLibs());
  }
}
