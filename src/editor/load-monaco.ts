import type { Monaco } from './monaco-api.js';
import { loadIconFont } from './monaco-styles.js';

let loading: Promise<Monaco> | undefined;

/**
 * Fetches Monaco and sets it up, once for the page. After a failure, the next call tries again.
 * @throws the error of the failed load
 */
export function loadMonaco(): Promise<Monaco> {
  loading ??= setUp().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function setUp(): Promise<Monaco> {
  const [{ serveEditorWorker }, { setUpTypeScript }, monaco] = await Promise.all([
    import('./monaco-workers.js'),
    import('./typescript-service.js'),
    import('./monaco.js'),
  ]);
  serveEditorWorker();
  loadIconFont();
  setUpTypeScript(monaco);
  return monaco;
}
