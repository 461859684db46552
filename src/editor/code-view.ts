import type { editor } from 'monaco-editor/editor/editor.api.js';
import { randomHex } from '../context/random-hex.js';
import { assignedNames } from './ambient/assigned-names.js';
import { hasElements } from './elements-of-jsx.js';
import { loadMonaco, type LoadedMonaco } from './load-monaco.js';
import type { Monaco } from './monaco-api.js';
import { setMarkers, type CodeMarker } from './markers.js';
import { adoptMonacoStyles } from './monaco-styles.js';
import { applyTheme } from './themes.js';
import { setAmbientNames, type AmbientNames } from './ambient/tool-types.js';

export interface CodeViewOptions {
  /** Name for assistive technology. */
  readonly label: string;
  /** Id of the element in the same root that describes the editor. */
  readonly describedBy: string;
  readonly onChange: (document: string, code: string) => void;
  readonly onRun: () => void;
  /** Called when Escape leaves the editor: the next Tab moves the focus. */
  readonly onLeave: () => void;
  /** Called at once and at each change: whether the files of the types did not arrive. The code can be edited without them. */
  readonly onTypes?: (areMissing: boolean) => void;
}

/** Context keys of the states in which Escape does not leave the editor. */
const escapeIsFree =
  'editorTextFocus && !suggestWidgetVisible && !findWidgetVisible && !parameterHintsVisible && !renameInputVisible && ' +
  '!markersNavigationVisible && !inSnippetMode && !editorHasMultipleSelections && !editorHasSelection && !editorHoverVisible';

/** Monaco in a shadow root, with a model for each document. `dispose` releases the editor and its models. */
export class CodeView {
  readonly #monaco: Monaco;
  readonly #types: LoadedMonaco['types'];
  readonly #unwatch: (() => void) | undefined;
  readonly #editor: editor.IStandaloneCodeEditor;
  readonly #container: HTMLElement;
  readonly #options: CodeViewOptions;
  readonly #models = new Map<string, editor.ITextModel>();
  readonly #views = new Map<string, editor.ICodeEditorViewState | null>();
  readonly #prefix: string;
  #shown = '';
  #names: AmbientNames = {};
  /** Names that the visible document assigns to. */
  #assigned: readonly string[] = [];
  #setting = false;

  /**
   * Loads Monaco and adds an editor to `container`, which is in a shadow root.
   * @throws the error of the failed load
   */
  static async create(container: HTMLElement, options: CodeViewOptions): Promise<CodeView> {
    return new CodeView(await loadMonaco(), container, options);
  }

  private constructor({ monaco, types }: LoadedMonaco, container: HTMLElement, options: CodeViewOptions) {
    this.#monaco = monaco;
    this.#types = types;
    this.#container = container;
    this.#options = options;
    this.#prefix = randomHex(16);
    const root = container.getRootNode();
    if (root instanceof ShadowRoot) adoptMonacoStyles(root);
    applyTheme(monaco, container);
    const style = getComputedStyle(container);
    this.#editor = monaco.editor.create(container, {
      model: null,
      ariaLabel: options.label,
      // Monaco would otherwise add its announcements to the page, without styles.
      ariaContainerElement: container,
      fontFamily: style.fontFamily,
      fontSize: Number.parseFloat(style.fontSize),
      lineHeight: Number.parseFloat(style.lineHeight),
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      padding: { top: 12, bottom: 12 },
      lineNumbersMinChars: 3,
      lineDecorationsWidth: 12,
      glyphMargin: false,
      folding: false,
      tabSize: 2,
      wordBasedSuggestions: 'off',
      overviewRulerLanes: 0,
      overviewRulerBorder: false,
      hideCursorInOverviewRuler: true,
      renderLineHighlightOnlyWhenFocus: true,
      scrollbar: {
        alwaysConsumeMouseWheel: false,
        verticalScrollbarSize: 10,
        horizontalScrollbarSize: 10,
        useShadows: false,
      },
      guides: { indentation: true, bracketPairs: false },
      unicodeHighlight: { ambiguousCharacters: false },
      hover: { above: false },
      // Ancestors in the host page may have transforms or containment, so widgets stay inside the editor.
      fixedOverflowWidgets: false,
    });
    container.querySelector('[role=textbox]')?.setAttribute('aria-describedby', options.describedBy);
    this.#addActions();
    this.#unwatch = options.onTypes && types.watch(options.onTypes);
    // In a shadow root, Monaco takes a mouse over its hover for a mouse outside the editor (microsoft/monaco-editor#3409).
    container.addEventListener('mousemove', (event) => event.stopPropagation());
  }

  /** Shows a document and creates it at the first call. If `code` differs from its text, `code` replaces it. */
  show(document: string, code: string): void {
    const model = this.#model(document, code);
    if (model.getValue() !== code) this.#replace(model, code);
    if (this.#shown === document) return;
    if (this.#models.has(this.#shown)) this.#views.set(this.#shown, this.#editor.saveViewState());
    this.#shown = document;
    this.#editor.setModel(model);
    this.#editor.restoreViewState(this.#views.get(document) ?? null);
    this.#updateAssigned();
  }

  /** Releases all other documents. */
  keep(documents: readonly string[]): void {
    for (const [document, model] of this.#models) {
      if (documents.includes(document)) continue;
      model.dispose();
      this.#models.delete(document);
      this.#views.delete(document);
    }
  }

  setMarkers(document: string, markers: readonly CodeMarker[]): void {
    const model = this.#models.get(document);
    if (model !== undefined) setMarkers(this.#monaco, model, markers);
  }

  setAmbientNames(names: AmbientNames): void {
    this.#names = names;
    this.#assigned = assignedNames(this.#editor.getModel()?.getValue() ?? '');
    setAmbientNames(this.#monaco, { ...names, assigned: this.#assigned });
  }

  applyTheme(): void {
    applyTheme(this.#monaco, this.#container);
  }

  /** Moves the cursor to a position. Line and column start at 1. */
  reveal(line: number, column: number): void {
    this.#editor.setPosition({ lineNumber: line, column });
    this.#editor.revealPositionInCenterIfOutsideViewport({ lineNumber: line, column });
    this.#editor.focus();
  }

  /** @param selection offsets into the code */
  focus(selection?: readonly [start: number, end: number]): void {
    const model = this.#editor.getModel();
    if (selection !== undefined && model !== null) {
      const [start, end] = selection.map((offset) => model.getPositionAt(offset));
      this.#editor.setSelection({
        startLineNumber: start!.lineNumber,
        startColumn: start!.column,
        endLineNumber: end!.lineNumber,
        endColumn: end!.column,
      });
    }
    this.#editor.focus();
  }

  /** Asks again for types that did not arrive. */
  retryTypes(): void {
    this.#types.retry();
  }

  dispose(): void {
    this.#unwatch?.();
    this.#editor.dispose();
    this.keep([]);
  }

  /** Declares the names that the code assigns to: a cell may assign to an undeclared name. */
  #updateAssigned(): void {
    const assigned = assignedNames(this.#editor.getModel()?.getValue() ?? '');
    if (assigned.join() !== this.#assigned.join()) this.setAmbientNames(this.#names);
  }

  #model(document: string, code: string): editor.ITextModel {
    return this.#models.get(document) ?? this.#createModel(document, code);
  }

  /** TypeScript takes `<` for the start of an element, or of a type assertion, by the name of the file. */
  #createModel(document: string, code: string): editor.ITextModel {
    const uri = this.#monaco.Uri.parse(`file:///${this.#prefix}/${encodeURIComponent(document)}${extensionOf(code)}`);
    const model = this.#monaco.editor.createModel(code, this.#monaco.languageId, uri);
    model.setEOL(this.#monaco.editor.EndOfLineSequence.LF);
    model.updateOptions({ bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false } });
    model.onDidChangeContent(() => {
      if (document === this.#shown) this.#updateAssigned();
      if (!this.#setting) this.#options.onChange(document, model.getValue());
      // While the reader types, a file with elements stays one. Not within the event of the model, which goes.
      if (this.#setting || hasElements(model.getValue())) queueMicrotask(() => this.#renameModel(document, model));
    });
    this.#models.set(document, model);
    return model;
  }

  /** Gives a document another file name if its text needs one. Undoing ends there. */
  #renameModel(document: string, model: editor.ITextModel): void {
    const code = model.isDisposed() ? '' : model.getValue();
    if (this.#models.get(document) !== model || model.uri.path.endsWith(extensionOf(code))) return;
    const renamed = this.#createModel(document, code);
    if (document === this.#shown) {
      const view = this.#editor.saveViewState();
      this.#editor.setModel(renamed);
      this.#editor.restoreViewState(view);
    }
    model.dispose();
  }

  /** Replaces the text as an undoable edit. */
  #replace(model: editor.ITextModel, code: string): void {
    this.#setting = true;
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text: code }], () => null);
    this.#setting = false;
  }

  #addActions(): void {
    const { KeyCode, KeyMod } = this.#monaco;
    this.#editor.addAction({
      id: 'codemode.run',
      label: 'Run',
      keybindings: [KeyMod.CtrlCmd | KeyCode.Enter],
      run: this.#options.onRun,
    });
    this.#editor.addAction({
      id: 'codemode.leave',
      label: 'Make the next Tab key leave the editor',
      keybindings: [KeyCode.Escape],
      precondition: escapeIsFree,
      run: () => {
        this.#leaveWithTab();
        this.#options.onLeave();
      },
    });
  }

  /** Lets Tab move the focus until the editor loses focus, its text changes, or the reader clicks in it. */
  #leaveWithTab(): void {
    this.#editor.updateOptions({ tabFocusMode: true });
    const back = (): void => {
      this.#editor.updateOptions({ tabFocusMode: false });
      for (const listener of listeners) listener.dispose();
    };
    const listeners = [
      this.#editor.onDidBlurEditorText(back),
      this.#editor.onDidChangeModelContent(back),
      this.#editor.onMouseDown(back),
    ];
  }
}

const extensionOf = (code: string): string => (hasElements(code) ? '.tsx' : '.ts');
