import type { Monaco } from './monaco-api.js';
import { loadIconFont } from './monaco-styles.js';

let loading: Promise<Monaco> | undefined;

/**
 * Monaco, fetched and set up once for the page. A failed attempt is forgotten, so that the next one starts anew.
 * @throws whatever kept its files from loading
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
