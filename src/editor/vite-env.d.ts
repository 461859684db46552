/// <reference types="vite/client" />

/** The adapters of Monaco's TypeScript mode, which the package ships without types. */
declare module 'monaco-editor/languages/features/typescript/languageFeatures.js' {
  import type { editor, languages, Uri } from 'monaco-editor/editor/editor.api.js';
  import type { LanguageServiceDefaults } from 'monaco-editor/languages/features/typescript/register.js';

  type GetWorker = (...resources: Uri[]) => Promise<unknown>;
  type Adapter<Provider> = new (worker: GetWorker) => Provider;
  type Suggest = languages.CompletionItemProvider & {
    readonly triggerCharacters: string[];
    resolveCompletionItem: NonNullable<languages.CompletionItemProvider['resolveCompletionItem']>;
  };
  type SignatureHelp = languages.SignatureHelpProvider & { readonly signatureHelpTriggerCharacters: string[] };

  /** The methods of the class `LibFiles` that the adapters call. */
  export interface OpenModels {
    getOrCreateModel(fileName: string): editor.ITextModel | null;
    fetchLibFilesIfNecessary(resources: readonly (Uri | null)[]): Promise<void>;
  }
  export const DiagnosticsAdapter: new (
    models: OpenModels,
    defaults: LanguageServiceDefaults,
    language: string,
    worker: GetWorker,
  ) => object;
  export const QuickInfoAdapter: Adapter<languages.HoverProvider>;
  export const SuggestAdapter: Adapter<Suggest>;
  export const SignatureHelpAdapter: Adapter<SignatureHelp>;
  export const DocumentHighlightAdapter: Adapter<languages.DocumentHighlightProvider>;
  export const RenameAdapter: new (models: OpenModels, worker: GetWorker) => languages.RenameProvider;
  export const FormatAdapter: Adapter<languages.DocumentRangeFormattingEditProvider>;
  export const FormatOnTypeAdapter: Adapter<languages.OnTypeFormattingEditProvider>;
}

declare module 'monaco-editor/languages/definitions/typescript/typescript.js' {
  import type { languages } from 'monaco-editor/editor/editor.api.js';

  export const conf: languages.LanguageConfiguration;
  export const language: languages.IMonarchLanguage;
}
