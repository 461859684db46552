import type { Monaco } from './monaco-api.js';
import { loadIconFont } from './monaco-styles.js';
import type { TypeScriptWorker } from './typescript-worker.js';

/** Monaco and its TypeScript. */
export interface LoadedMonaco {
  readonly monaco: Monaco;
  readonly types: TypeScriptWorker;
}

let loading: Promise<LoadedMonaco> | undefined;

/**
 * Fetches Monaco and sets it up, once for the page. After a failure, the next call tries again.
 * @throws the error of the failed load
 */
export function loadMonaco(): Promise<LoadedMonaco> {
  loading ??= setUp().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function setUp(): Promise<LoadedMonaco> {
  const [{ serveEditorWorker }, { setUpTypeScript }, monaco] = await Promise.all([
    import('./monaco-workers.js'),
    import('./typescript-service.js'),
    import('./monaco.js'),
  ]);
  serveEditorWorker();
  loadIconFont();
  return { monaco, types: setUpTypeScript(monaco) };
}
