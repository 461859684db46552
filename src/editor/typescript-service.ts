import { QuickInfoAdapter, SignatureHelpAdapter, SuggestAdapter } from 'monaco-editor/languages/features/typescript/languageFeatures.js';
import type { Monaco } from './load-monaco.js';
import { withoutImages } from './safe-documentation.js';

/** `ModuleDetectionKind.Force`: each tab is a module, so that two tabs may declare the same name. */
const moduleDetectionForce = 3;
/** `ModuleResolutionKind.Bundler`, which Monaco's own enum does not have yet. */
const moduleResolutionBundler = 100;

/** Sets the TypeScript service up for cells: top-level await, each its own module, the globals of a worker. */
export function setUpTypeScript(monaco: Monaco): void {
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
    // A tool without a schema gives `any`, and what is done with it should not be marked.
    noImplicitAny: false,
    allowNonTsExtensions: true,
    noEmit: true,
  });
  // No hints on unused names: the next cell may use them.
  // 2307: cells import through an import map that the service does not know. 7016: no types for what they import.
  // 1375, 1378: top-level await in what it takes for a script.
  defaults.setDiagnosticsOptions({ noSuggestionDiagnostics: true, diagnosticCodesToIgnore: [2307, 7016, 1375, 1378] });
  defaults.setEagerModelSync(true);
  defaults.setModeConfiguration({ ...defaults.modeConfiguration, hovers: false, completionItems: false, signatureHelp: false });
  registerDocumentation(monaco);
}

/** The three providers that show documentation, which may come from a stranger's link, with its images taken out. */
function registerDocumentation({ languages, typescript }: Monaco): void {
  const worker = async (...resources: Parameters<Awaited<ReturnType<typeof typescript.getTypeScriptWorker>>>): Promise<unknown> =>
    await (await typescript.getTypeScriptWorker())(...resources);
  const hover = new QuickInfoAdapter(worker);
  const suggest = new SuggestAdapter(worker);
  const signature = new SignatureHelpAdapter(worker);
  languages.registerHoverProvider('typescript', {
    provideHover: async (...request) => withoutImages(await hover.provideHover(...request)),
  });
  languages.registerCompletionItemProvider('typescript', {
    triggerCharacters: suggest.triggerCharacters,
    provideCompletionItems: (...request) => suggest.provideCompletionItems(...request),
    resolveCompletionItem: async (...request) => withoutImages(await suggest.resolveCompletionItem(...request)),
  });
  languages.registerSignatureHelpProvider('typescript', {
    signatureHelpTriggerCharacters: signature.signatureHelpTriggerCharacters,
    provideSignatureHelp: async (...request) => {
      const help = await signature.provideSignatureHelp(...request);
      if (help) withoutImages(help.value);
      return help;
    },
  });
}
