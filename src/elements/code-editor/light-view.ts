import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { EditorState, StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, drawSelection, EditorView, keymap, lineNumbers, type DecorationSet } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { hasElements } from '../../editor/elements-of-jsx.js';
import type { CodeMarker } from '../../editor/markers.js';
import type { DocumentView } from './document-view.js';

export interface LightViewOptions {
  readonly parent: HTMLElement;
  readonly root: ShadowRoot;
  /** Name for assistive technology. */
  readonly label: string;
  readonly onChange: (document: string, code: string) => void;
  readonly onRun: () => void;
  readonly onLeave: () => void;
}

const setMarkers = StateEffect.define<readonly CodeMarker[]>();

const markedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(decorations, transaction) {
    for (const effect of transaction.effects) {
      if (!effect.is(setMarkers)) continue;
      const { doc } = transaction.state;
      return Decoration.set(
        effect.value
          .filter(({ line }) => line <= doc.lines)
          .map(({ line, message }) =>
            Decoration.line({ class: 'marked', attributes: { title: message } }).range(doc.line(line).from),
          ),
        true,
      );
    }
    return decorations.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.tagName], color: 'var(--_keyword)' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: 'var(--_string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--_number)' },
  { tag: [tags.propertyName, tags.typeName, tags.className, tags.attributeName], color: 'var(--_property)' },
  { tag: tags.comment, color: 'var(--_comment)' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--_text)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { font: 'var(--_code-size) / var(--_line) var(--_mono)' },
  '.cm-content': { padding: '12px 0', caretColor: 'var(--_text)' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--_muted)', border: '0' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-cursor': { borderLeftColor: 'var(--_text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--_selected)',
  },
  '.marked': {
    backgroundColor: 'color-mix(in srgb, var(--_error) 14%, transparent)',
    boxShadow: 'inset 3px 0 var(--_error)',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--_hover) !important', outline: '1px solid var(--_border-strong)' },
  '.cm-tooltip': {
    border: '1px solid var(--_border)',
    borderRadius: '7px',
    backgroundColor: 'var(--_raised)',
    color: 'var(--_text)',
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '6px 10px !important' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--_selected)', color: 'var(--_text)' },
});

/**
 * CodeMirror with TypeScript: small, and made for touch. Tab moves the focus, as everywhere in a page. Each document keeps its
 * history and scroll position. `dispose` releases everything.
 */
export class LightView implements DocumentView {
  readonly #view: EditorView;
  readonly #extensions: Extension[];
  /** The hidden documents. */
  readonly #hidden = new Map<string, { readonly state: EditorState; readonly scroll: StateEffect<unknown> }>();
  readonly #markers = new Map<string, readonly CodeMarker[]>();
  #shown = '';
  #isSetting = false;

  constructor({ parent, root, label, onChange, onRun, onLeave }: LightViewOptions) {
    this.#extensions = [
      lineNumbers(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of('  '),
      bracketMatching(),
      closeBrackets(),
      autocompletion(),
      syntaxHighlighting(colours),
      markedLines,
      theme,
      keymap.of([
        { key: 'Mod-Enter', run: () => (onRun(), true) },
        ...closeBracketsKeymap,
        ...completionKeymap,
        ...historyKeymap,
        ...defaultKeymap,
        { key: 'Escape', run: () => (onLeave(), true) },
      ]),
      EditorView.contentAttributes.of({
        'aria-label': label,
        autocapitalize: 'off',
        spellcheck: 'false',
        tabindex: '0',
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !this.#isSetting) onChange(this.#shown, update.state.doc.toString());
      }),
    ];
    this.#view = new EditorView({ parent, root });
  }

  show(document: string, code: string): void {
    if (document !== this.#shown) this.#switchTo(document, code);
    const { doc } = this.#view.state;
    if (doc.toString() === code) return;
    this.#isSetting = true;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: code } });
    this.#isSetting = false;
  }

  keep(documents: readonly string[]): void {
    for (const known of [this.#hidden, this.#markers])
      for (const document of known.keys()) if (!documents.includes(document)) known.delete(document);
    if (!documents.includes(this.#shown)) this.#shown = '';
  }

  setMarkers(document: string, markers: readonly CodeMarker[]): void {
    this.#markers.set(document, markers);
    if (document === this.#shown) this.#view.dispatch({ effects: setMarkers.of(markers) });
  }

  reveal(line: number, column: number): void {
    const { doc } = this.#view.state;
    const { from, length } = doc.line(Math.min(line, doc.lines));
    this.#view.dispatch({ selection: { anchor: from + Math.min(column - 1, length) }, scrollIntoView: true });
    this.#view.focus();
  }

  focus(selection?: readonly [start: number, end: number]): void {
    if (selection !== undefined) this.#view.dispatch({ selection: { anchor: selection[0], head: selection[1] } });
    this.#view.focus();
  }

  dispose(): void {
    this.#view.destroy();
  }

  #switchTo(document: string, code: string): void {
    if (this.#shown !== '')
      this.#hidden.set(this.#shown, { state: this.#view.state, scroll: this.#view.scrollSnapshot() });
    const hidden = this.#hidden.get(document);
    this.#hidden.delete(document);
    this.#shown = document;
    const extensions = [javascript({ typescript: true, jsx: hasElements(code) }), ...this.#extensions];
    this.#view.setState(hidden?.state ?? EditorState.create({ doc: code, extensions }));
    const effects: StateEffect<unknown>[] = [setMarkers.of(this.#markers.get(document) ?? [])];
    if (hidden !== undefined) effects.push(hidden.scroll);
    this.#view.dispatch({ effects });
  }
}
