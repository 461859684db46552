/// <reference types="vite/client" />

/** Part of the package, without types of its own: the adapters that `typescript/register.js` would register. */
declare module 'monaco-editor/languages/features/typescript/languageFeatures.js' {
  import type { languages, Uri } from 'monaco-editor/editor/editor.api.js';
  type GetWorker = (...resources: Uri[]) => Promise<unknown>;
  export class QuickInfoAdapter implements languages.HoverProvider {
    constructor(worker: GetWorker);
    provideHover: languages.HoverProvider['provideHover'];
  }
  export class SuggestAdapter implements languages.CompletionItemProvider {
    constructor(worker: GetWorker);
    readonly triggerCharacters: string[];
    provideCompletionItems: languages.CompletionItemProvider['provideCompletionItems'];
    resolveCompletionItem: NonNullable<languages.CompletionItemProvider['resolveCompletionItem']>;
  }
  export class SignatureHelpAdapter implements languages.SignatureHelpProvider {
    constructor(worker: GetWorker);
    readonly signatureHelpTriggerCharacters: string[];
    provideSignatureHelp: languages.SignatureHelpProvider['provideSignatureHelp'];
  }
}
