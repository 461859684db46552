import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { CodeViewOptions } from '../../editor/code-view.js';
import type { CodeMarker } from '../../editor/markers.js';
import type { AmbientNames } from '../../editor/ambient/tool-types.js';
import { icon } from '../shared/icons.js';
import { LocalizedElement } from '../shared/localized-element.js';
import { base } from '../shared/tokens.js';
import { codeEditorStyles } from './code-editor.styles.js';
import type { DocumentView } from './document-view.js';

export interface CodeDocument {
  readonly id: string;
  readonly code: string;
}

/** Detail of `code-change`: the id and the new code of a document. */
export interface CodeChangeDetail {
  readonly id: string;
  readonly code: string;
}

/**
 * Edits code. It first shows a plain editable field of the same size. The editor loads when the element comes into view, and then
 * replaces the field. If the editor fails to load, the field stays.
 *
 * @summary A code editor for several documents: Monaco, or a light editor on touch devices.
 * @fires {CustomEvent<CodeChangeDetail>} code-change - the reader edited a document
 * @fires code-run - the reader pressed Control+Enter or Command+Enter
 * @fires code-leave - the reader pressed Escape to leave the editor
 * @example
 * ```html
 * <codemode-code-editor active="main" editor="light"></codemode-code-editor>
 * <script type="module">
 *   document.querySelector('codemode-code-editor').documents = [{ id: 'main', code: '1 + 1' }];
 * </script>
 * ```
 */
export class CodemodeCodeEditor extends LocalizedElement {
  static override styles = [base, codeEditorStyles];

  @property({ attribute: false }) documents: readonly CodeDocument[] = [];
  /** Id of the visible document. */
  @property() active = '';
  /** Markers by document id. */
  @property({ attribute: false }) markers: ReadonlyMap<string, readonly CodeMarker[]> = new Map();
  /** Names that code may use besides its own declarations. */
  @property({ attribute: false }) names: AmbientNames = {};
  /** `auto`: Monaco, or the light editor on touch devices, where Monaco does not scroll. */
  @property() editor: 'auto' | 'monaco' | 'light' = 'auto';
  @state() private status: 'plain' | 'loading' | 'ready' | 'failed' = 'plain';
  /** Whether a file of the editor did not arrive whole: the browser keeps it until the page is loaded again. */
  @state() private isBroken = false;
  @state() private lacksTypes = false;
  @query('.view') private container!: HTMLElement;
  @query('textarea') private field!: HTMLTextAreaElement | null;
  private view: DocumentView | undefined;
  private observer: IntersectionObserver | undefined;
  private isComposing = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) void this.load();
    });
    this.observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
    this.closeView();
  }

  override focus(): void {
    if (this.view === undefined) this.field?.focus();
    else this.view.focus();
  }

  /** Moves the cursor to a position. Line and column start at 1. */
  reveal(line: number, column: number): void {
    if (this.view !== undefined) {
      this.view.reveal(line, column);
      return;
    }
    const lines = this.code.split('\n');
    const offset = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
    this.field?.focus();
    this.field?.setSelectionRange(offset, offset);
  }

  protected override render(): TemplateResult {
    return html`
      <p id="hint" class="visually-hidden">${this.strings.codeHint}</p>
      ${this.status === 'ready' ? nothing : this.renderPlain()}
      <div class="colors" @transitionrun=${() => this.view?.applyTheme?.()}></div>
      <div class="view" ?hidden=${this.status !== 'ready'}></div>
      ${this.status === 'loading' ? html`<div class="progress" title=${this.strings.loadingEditor}></div>` : nothing}
      ${this.renderProblem()}
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.get('editor') !== undefined && this.status !== 'plain') {
      this.closeView();
      void this.load();
    }
    if (this.view === undefined) return;
    if (changed.has('documents') || changed.has('active')) this.showActive(this.view);
    if (changed.has('markers')) this.showMarkers(this.view);
    if (changed.has('names')) this.view.setAmbientNames?.(this.names);
  }

  private get code(): string {
    return this.documents.find((document) => document.id === this.active)?.code ?? '';
  }

  private renderPlain(): TemplateResult {
    const { code } = this;
    const numbers = code
      .split('\n')
      .map((_, index) => index + 1)
      .join('\n');
    return html`
      <div class="plain">
        <pre class="numbers" aria-hidden="true">${numbers}</pre>
        <div class="field">
          <pre class="measure" aria-hidden="true">${code}&#8203;</pre>
          <textarea
            aria-label=${this.strings.code}
            aria-describedby="hint"
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            wrap="off"
            .value=${code}
            @input=${(event: InputEvent) => this.changed(this.active, (event.target as HTMLTextAreaElement).value)}
            @keydown=${this.onPlainKey}
            @compositionstart=${() => (this.isComposing = true)}
            @compositionend=${this.onCompositionEnd}
          ></textarea>
        </div>
      </div>
    `;
  }

  private renderProblem(): TemplateResult | typeof nothing {
    const { strings } = this;
    if (this.status === 'failed' && this.isBroken)
      return html`<p class="failed" role="status">${icon('warning')} ${strings.editorBroken}</p>`;
    const text = this.status === 'failed' ? strings.editorFailed : this.lacksTypes ? strings.typesFailed : '';
    if (text === '') return nothing;
    return html`<p class="failed" role="status">${icon('warning')} ${text} <button class="button" @click=${this.retry}>${strings.tryAgain}</button></p>`;
  }

  private get isLight(): boolean {
    return this.editor === 'light' || (this.editor === 'auto' && matchMedia('(pointer: coarse)').matches);
  }

  private async load(): Promise<void> {
    if (this.status !== 'plain') return;
    this.observer?.disconnect();
    this.status = 'loading';
    const { editor } = this;
    try {
      await this.updateComplete;
      const view = await this.openView();
      if (!this.isConnected || editor !== this.editor) return view.dispose();
      this.view = view;
      view.setAmbientNames?.(this.names);
      if (!this.isComposing) this.replacePlain();
    } catch (error) {
      if (!this.isConnected) return;
      console.error(`${this.isLight ? 'The light editor' : 'Monaco'} could not be loaded:`, error);
      this.isBroken = error instanceof SyntaxError;
      this.status = 'failed';
    }
  }

  private retry(): void {
    if (this.view !== undefined) return this.view.retryTypes?.();
    this.status = 'plain';
    void this.load();
  }

  private async openView(): Promise<DocumentView> {
    const options: CodeViewOptions = {
      label: this.strings.code,
      describedBy: 'hint',
      onChange: (id, code) => this.changed(id, code),
      onRun: () => this.dispatchEvent(new CustomEvent('code-run')),
      onLeave: () => this.dispatchEvent(new CustomEvent('code-leave')),
      onTypes: (areMissing) => (this.lacksTypes = areMissing),
    };
    if (this.isLight) {
      const { LightView } = await import('./light-view.js');
      return new LightView({ ...options, parent: this.container, root: this.renderRoot as ShadowRoot });
    }
    const { CodeView } = await import('../../editor/code-view.js');
    return await CodeView.create(this.container, options);
  }

  private closeView(): void {
    this.view?.dispose();
    this.view = undefined;
    this.lacksTypes = false;
    this.status = 'plain';
  }

  /** Replaces the plain field with the editor, and keeps text, selection and focus. Waits for the end of an IME composition. */
  private replacePlain(): void {
    const { view, field } = this;
    if (view === undefined || this.status !== 'loading') return;
    this.showActive(view);
    this.showMarkers(view);
    const hadFocus = field !== null && this.renderRoot instanceof ShadowRoot && this.renderRoot.activeElement === field;
    const selection = [field?.selectionStart ?? 0, field?.selectionEnd ?? 0] as const;
    this.status = 'ready';
    if (hadFocus) void this.updateComplete.then(() => view.focus(selection));
  }

  private onCompositionEnd(): void {
    this.isComposing = false;
    this.replacePlain();
  }

  private onPlainKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !event.isComposing) this.dispatchEvent(new CustomEvent('code-leave'));
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('code-run'));
  }

  private showActive(view: DocumentView): void {
    view.keep(this.documents.map((document) => document.id));
    const shown = this.documents.find((document) => document.id === this.active);
    if (shown !== undefined) view.show(shown.id, shown.code);
  }

  private showMarkers(view: DocumentView): void {
    for (const { id } of this.documents) view.setMarkers(id, this.markers.get(id) ?? []);
  }

  private changed(id: string, code: string): void {
    this.dispatchEvent(new CustomEvent<CodeChangeDetail>('code-change', { detail: { id, code } }));
  }
}
