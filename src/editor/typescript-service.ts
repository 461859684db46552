import {
  DiagnosticsAdapter,
  DocumentHighlightAdapter,
  FormatAdapter,
  FormatOnTypeAdapter,
  QuickInfoAdapter,
  RenameAdapter,
  SignatureHelpAdapter,
  SuggestAdapter,
  type OpenModels,
} from 'monaco-editor/languages/features/typescript/languageFeatures.js';
import type { Monaco } from './monaco-api.js';
import { withoutImages } from './safe-documentation.js';
import { TypeScriptWorker } from './typescript-worker.js';

/** `ModuleDetectionKind.Force`: each tab is a module, so two tabs may declare the same name. */
const moduleDetectionForce = 3;
/** `ModuleResolutionKind.Bundler`, which Monaco's enum lacks. */
const moduleResolutionBundler = 100;

/**
 * TypeScript for cells: top-level await, one module for each cell, the globals of a worker. Registers the language providers itself,
 * because Monaco's TypeScript mode loads all of Monaco's features, and only after the creation of the first editor.
 */
export function setUpTypeScript(monaco: Monaco): TypeScriptWorker {
  const { typescript } = monaco;
  const defaults = typescript.typescriptDefaults;
  defaults.setCompilerOptions({
    target: typescript.ScriptTarget.ESNext,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: moduleResolutionBundler as number,
    moduleDetection: moduleDetectionForce,
    lib: ['esnext', 'webworker', 'webworker.iterable', 'webworker.asynciterable'].map((name) => `lib.${name}.d.ts`),
    strict: true,
    // Examples in documentation write `error.message` without narrowing first.
    useUnknownInCatchVariables: false,
    // A tool without a schema returns `any`. Its uses should get no markers.
    noImplicitAny: false,
    allowNonTsExtensions: true,
    noEmit: true,
    // Asks for no factory in scope.
    jsx: typescript.JsxEmit.Preserve,
  });
  // No hints on unused names: the next cell may use them.
  // 2307: cells import through an import map that the service does not know. 7016: no types for what they import.
  // 2875: elements need a module of that import map.
  // 1375, 1378: top-level await in code that the service takes for a script.
  defaults.setDiagnosticsOptions({
    noSuggestionDiagnostics: true,
    diagnosticCodesToIgnore: [2307, 7016, 2875, 1375, 1378],
  });
  const worker = new TypeScriptWorker(monaco);
  registerEditing(monaco, worker);
  registerDocumentation(monaco, worker.get);
  return worker;
}

function registerEditing(
  { editor, languageId, languages, typescript, Uri }: Monaco,
  { get: worker, whenThere }: TypeScriptWorker,
): void {
  // Only open models: Monaco's own class would create, and keep, a model of each declaration file that an error refers to.
  const openModels: OpenModels = {
    getOrCreateModel: (fileName) => editor.getModel(Uri.parse(fileName)),
    fetchLibFilesIfNecessary: async () => undefined,
  };
  void new DiagnosticsAdapter(openModels, typescript.typescriptDefaults, languageId, whenThere);
  languages.registerDocumentHighlightProvider(languageId, new DocumentHighlightAdapter(worker));
  languages.registerRenameProvider(languageId, new RenameAdapter(openModels, worker));
  languages.registerDocumentRangeFormattingEditProvider(languageId, new FormatAdapter(worker));
  languages.registerOnTypeFormattingEditProvider(languageId, new FormatOnTypeAdapter(worker));
}

/** The providers that show documentation, without its images: the code may come from an untrusted link. */
function registerDocumentation({ languageId, languages }: Monaco, worker: TypeScriptWorker['get']): void {
  const hover = new QuickInfoAdapter(worker);
  const suggest = new SuggestAdapter(worker);
  const signature = new SignatureHelpAdapter(worker);
  languages.registerHoverProvider(languageId, {
    provideHover: async (...request) => withoutImages(await hover.provideHover(...request)),
  });
  languages.registerCompletionItemProvider(languageId, {
    triggerCharacters: suggest.triggerCharacters,
    provideCompletionItems: (...request) => suggest.provideCompletionItems(...request),
    resolveCompletionItem: async (...request) => withoutImages(await suggest.resolveCompletionItem(...request)),
  });
  languages.registerSignatureHelpProvider(languageId, {
    signatureHelpTriggerCharacters: signature.signatureHelpTriggerCharacters,
    provideSignatureHelp: async (...request) => {
      const help = await signature.provideSignatureHelp(...request);
      if (help) withoutImages(help.value);
      return help;
    },
  });
}
