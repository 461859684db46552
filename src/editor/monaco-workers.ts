import editorWorkerUrl from 'monaco-editor/editor/editor.worker.js?worker&url';
import typescriptWorkerUrl from 'monaco-editor/languages/features/typescript/ts.worker.js?worker&url';

/** Tells Monaco the address of its worker. A page with its own Monaco keeps its environment. */
export function serveEditorWorker(): void {
  globalThis.MonacoEnvironment ??= { getWorker: () => startWorker(editorWorkerUrl, 'codemode-editor') };
}

export function startTypeScriptWorker(): Worker {
  return startWorker(typescriptWorkerUrl, 'codemode-typescript');
}

/** A worker must have the page's origin, so a worker of that origin imports the script from a CDN. */
function startWorker(address: string, name: string): Worker {
  const url = new URL(address, document.baseURI);
  if (url.origin === location.origin) return new Worker(url, { type: 'module', name });
  const trampoline = URL.createObjectURL(
    new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' }),
  );
  const worker = new Worker(trampoline, { type: 'module', name });
  // After its first message or error, the browser no longer needs the URL.
  for (const event of ['message', 'error'])
    worker.addEventListener(event, () => URL.revokeObjectURL(trampoline), { once: true });
  return worker;
}
