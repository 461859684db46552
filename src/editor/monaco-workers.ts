import editorWorkerUrl from 'monaco-editor/editor/editor.worker.js?worker&url';
import typescriptWorkerUrl from 'monaco-editor/languages/features/typescript/ts.worker.js?worker&url';

/** Tells Monaco where its own worker is. A page that has set up a Monaco of its own keeps its environment. */
export function serveEditorWorker(): void {
  globalThis.MonacoEnvironment ??= { getWorker: () => startWorker(editorWorkerUrl, 'codemode-editor') };
}

export function startTypeScriptWorker(): Worker {
  return startWorker(typescriptWorkerUrl, 'codemode-typescript');
}

/** A worker has to come from the page's own origin, so one from a CDN is imported by a worker that does. */
function startWorker(address: string, name: string): Worker {
  const url = new URL(address, document.baseURI);
  if (url.origin === location.origin) return new Worker(url, { type: 'module', name });
  const trampoline = URL.createObjectURL(
    new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' }),
  );
  const worker = new Worker(trampoline, { type: 'module', name });
  // By the time it reports anything, it has been fetched.
  for (const event of ['message', 'error'])
    worker.addEventListener(event, () => URL.revokeObjectURL(trampoline), { once: true });
  return worker;
}
