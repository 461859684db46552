import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { toBase64 } from '../../protocol/codec/format.js';
import type { MimeBundle, Progress } from '../../protocol/messages/mime-bundle.js';
import { makePreview } from '../../protocol/previews/make-preview.js';
import type { Preview } from '../../protocol/previews/preview.js';
import '../inspector/inspector.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { base } from '../shared/tokens.js';
import { type CodemodeDataTable } from './data-table.js';
import './data-table.js';
import { type ComponentSource, ComponentView } from './component-view.js';
import { richestForm, type ShownForm } from './forms.js';
import { OutputElement } from './output-element.js';
import { OutputFrame, type OutputFrameOptions } from './output-frame.js';
import { outputStyles } from './output.styles.js';
import { loadPlotScript, PlotView } from './plot-view.js';
import {
  blobOf,
  bytesOfDataUrl,
  copyOutput,
  download,
  imageContents,
  pngOf,
  type SavedOutput,
  svgType,
  withNamespace,
} from './save.js';
import { readTable, type Table, toCsv } from './table-rows.js';

/** Pixels of a frame whose document has not told its height. */
const firstHeight = 60;

/** What is shown of a form, made once. */
type View =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'image'; readonly url: string }
  | { readonly kind: 'frame'; readonly html: string; readonly scripts: boolean }
  | { readonly kind: 'component'; readonly id: string; readonly source: ComponentSource }
  | { readonly kind: 'plot'; readonly spec: unknown; readonly script: string }
  | { readonly kind: 'json'; readonly preview: Preview }
  | { readonly kind: 'text' };

/**
 * Shows a bundle in its richest form. Nothing of it is parsed as HTML in the page: HTML and Markdown stand in a frame of their own,
 * without network, which is made when it comes into view and released when it leaves it. Inherits the custom properties of
 * `<codemode-playground>` or `<codemode-snippet>`.
 *
 * @summary One displayed value
 * @example
 * ```html
 * <codemode-output></codemode-output>
 * <script type="module">
 *   document.querySelector('codemode-output').bundle = { 'text/html': '<b>bold</b>' };
 * </script>
 * ```
 */
export class CodemodeOutput extends OutputElement {
  static override styles = [base, outputStyles];

  @property({ attribute: false }) bundle: MimeBundle = {};
  /** The value as text, for what has no form that can be shown. */
  @property() text = '';
  /** The session whose worker has the code of components; without it, they are shown as pictures. */
  @property({ attribute: false }) source: ComponentSource | undefined;
  @state() private view: View = { kind: 'text' };
  @state() private height = firstHeight;
  @state() private problem = '';
  /** What the reader has to know of what is shown. */
  @state() private note = '';
  @state() private copied = false;
  @query('.frame') private place!: HTMLElement | null;
  @query('codemode-data-table') private dataTable!: CodemodeDataTable | null;
  private form: ShownForm | undefined;
  private frame: OutputFrame | undefined;
  private component: ComponentView | undefined;
  private plot: PlotView | undefined;
  private readonly visibility = new IntersectionObserver((entries) => this.onVisible(entries.at(-1)!.isIntersecting), {
    rootMargin: '300px',
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.visibility.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.visibility.disconnect();
    this.releaseFrame();
    if (this.view.kind === 'image') URL.revokeObjectURL(this.view.url);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('bundle')) return;
    if (this.view.kind === 'image') URL.revokeObjectURL(this.view.url);
    this.releaseFrame();
    this.problem = '';
    this.note = '';
    this.form = richestForm(this.bundle);
    this.view = { kind: 'text' };
    if (this.form?.kind === 'markdown') void this.showMarkdown(this.form);
    else if (this.form?.kind === 'plot') void this.showPlot(this.form);
    else if (this.form !== undefined) this.view = this.viewOfComponent(this.form) ?? viewOf(this.form);
  }

  protected override updated(): void {
    if (!isFramed(this.view) || this.frame !== undefined || this.problem !== '') return;
    // Asks again whether it is in view.
    this.visibility.unobserve(this);
    this.visibility.observe(this);
  }

  protected override render(): TemplateResult {
    const note = this.note === '' ? nothing : html`<p class="note" role="status">${this.note}</p>`;
    return html`${this.renderView()}${note}${this.renderActions()}`;
  }

  private renderView(): TemplateResult {
    const { view } = this;
    switch (view.kind) {
      case 'table':
        return html`<codemode-data-table .table=${view.table}></codemode-data-table>`;
      case 'progress':
        return this.renderProgress(view.progress);
      case 'image':
        return html`<img src=${view.url} alt=${this.text} @error=${this.onImageError} />`;
      case 'json':
        return html`<codemode-inspector .preview=${view.preview}></codemode-inspector>`;
      case 'component':
      case 'plot':
      case 'frame':
        return this.problem !== ''
          ? html`<p class="problem" role="alert">${this.problem}</p>`
          : html`<div class="frame" .style=${`height: ${this.height}px`}></div>`;
      case 'text':
        return html`<pre>${this.text}</pre>`;
    }
  }

  private renderProgress({ done, total, label }: Progress): TemplateResult {
    const share = Math.min(100, (100 * done) / total);
    return html`<div class="progress">
      ${label === '' ? nothing : html`<span>${label}</span>`}
      <div
        class="track"
        role="progressbar"
        aria-label=${label || this.strings.progress}
        aria-valuemin="0"
        aria-valuemax=${total}
        aria-valuenow=${done}
        aria-valuetext=${`${Math.floor(share)} %`}
      >
        <div class="bar" .style=${`width: ${share}%`}></div>
      </div>
      <span>${done} / ${total}</span>
    </div>`;
  }

  private renderActions(): TemplateResult | typeof nothing {
    const { strings, view } = this;
    if (view.kind === 'text' || view.kind === 'progress' || view.kind === 'json') return nothing;
    return html`<div class="actions" role="toolbar" aria-label=${strings.outputActions}>
      <button class="button square" title=${strings.copyOutput} aria-label=${strings.copyOutput} @click=${this.onCopy}>
        ${icon(this.copied ? 'check' : 'copy')}
      </button>
      <button class="button square" title=${strings.download} aria-label=${strings.download} @click=${async () => download(await this.saved())}>
        ${icon('download')}
      </button>
      ${
        view.kind === 'plot' || this.svg !== undefined
          ? html`<button class="button" title=${strings.downloadPng} aria-label=${strings.downloadPng} @click=${this.onPng}>PNG</button>`
          : nothing
      }
    </div>`;
  }

  /** The output as a file: CSV of a table as it is sorted, the image, the source of a document. */
  private async saved(): Promise<SavedOutput> {
    const { view, form } = this;
    if (view.kind === 'table') {
      const contents = toCsv(view.table, this.dataTable?.sortedOrder ?? []);
      return { name: 'output.csv', type: 'text/csv', contents };
    }
    if (this.plot !== undefined) return { name: 'output.svg', type: svgType, contents: await this.plot.save('svg') };
    const { type = 'text/plain', value } = form ?? {};
    if (form?.kind === 'image') {
      const extension = type === svgType ? 'svg' : type.replace(/^image\/(?:x-)?/, '');
      return { name: `output.${extension}`, type, contents: imageContents(type, value) ?? this.text };
    }
    const { svg } = this;
    if (svg !== undefined) return { name: 'output.svg', type: svgType, contents: svg };
    const isHtml = form?.kind === 'html' || form?.kind === 'component';
    const contents = isHtml ? this.bundle['text/html'] : value;
    const extension = isHtml ? 'html' : form?.kind === 'markdown' ? 'md' : 'txt';
    return { name: `output.${extension}`, type, contents: typeof contents === 'string' ? contents : this.text };
  }

  /** The text of an SVG that is shown, or that a component has drawn. */
  private get svg(): string | undefined {
    const { form } = this;
    const text =
      form?.kind === 'component' ? this.bundle['text/html'] : form?.type === svgType ? form.value : undefined;
    return typeof text === 'string' && /^\s*(?:<\?[^>]*>\s*)?<svg\b/.test(text) ? withNamespace(text) : undefined;
  }

  private readonly onPng = async (): Promise<void> => {
    const { svg } = this;
    const contents =
      this.plot !== undefined
        ? bytesOfDataUrl(await this.plot.save('png'))
        : svg === undefined
          ? undefined
          : await pngOf(svg);
    if (contents !== undefined) download({ name: 'output.png', type: 'image/png', contents });
  };

  private readonly onCopy = async (): Promise<void> => {
    await copyOutput(await this.saved());
    this.copied = true;
    setTimeout(() => (this.copied = false), 1_200);
  };

  /** A page may forbid images of this kind; the frame's own policy does not. */
  private readonly onImageError = (): void => {
    const { form, view } = this;
    if (view.kind !== 'image' || form === undefined) return;
    URL.revokeObjectURL(view.url);
    const contents = imageContents(form.type, form.value);
    if (typeof contents === 'string') this.view = { kind: 'frame', html: contents, scripts: false };
    else if (contents !== undefined)
      this.view = { kind: 'frame', html: imageHtml(form.type, contents), scripts: false };
    else this.view = { kind: 'text' };
  };

  private async showPlot(form: ShownForm): Promise<void> {
    try {
      const script = await loadPlotScript();
      if (this.form === form) this.view = { kind: 'plot', spec: form.value, script };
    } catch (error) {
      if (this.form === form) this.note = (error as Error).message;
    }
  }

  private drawPlot({ spec, script }: View & { readonly kind: 'plot' }): void {
    this.plot = new PlotView({
      spec,
      scheme: schemeOf(this),
      onBroken: (reason) => {
        this.releaseFrame();
        this.problem = this.strings.plotBroken(reason);
      },
    });
    this.makeFrame({ component: this.plot.port, script });
  }

  private async showMarkdown(form: ShownForm): Promise<void> {
    const { renderMarkdown } = await import('./markdown.js');
    if (this.form === form) this.view = { kind: 'frame', html: renderMarkdown(String(form.value)), scripts: false };
  }

  private onVisible(isVisible: boolean): void {
    if (!isVisible) this.releaseFrame();
    else if (this.frame === undefined && this.problem === '' && this.place !== null) {
      if (this.view.kind === 'frame') this.makeFrame(this.view);
      else if (this.view.kind === 'component') this.showComponent(this.view);
      else if (this.view.kind === 'plot') this.drawPlot(this.view);
    }
  }

  private showComponent({ id, source }: View & { readonly kind: 'component' }): void {
    this.component = new ComponentView({
      id,
      source,
      onEnded: (reason) => {
        this.releaseFrame();
        this.view = pictureOf(this.bundle);
        this.note = reason === undefined ? this.strings.componentEnded : this.strings.componentBroken(reason);
      },
    });
    this.makeFrame({ component: this.component.port });
  }

  private viewOfComponent({ kind, value }: ShownForm): View | undefined {
    if (kind !== 'component') return undefined;
    const { id } = (value ?? {}) as { readonly id?: unknown };
    const { source } = this;
    return typeof id === 'string' && source?.component !== undefined
      ? { kind: 'component', id, source }
      : pictureOf(this.bundle);
  }

  private makeFrame(contents: OutputFrameOptions['contents']): void {
    this.frame = new OutputFrame({
      contents,
      scheme: schemeOf(this),
      title: this.strings.outputOfCode,
      onHeight: (height) => (this.height = height),
      onSilent: () => {
        this.frame = undefined;
        this.problem = this.strings.outputSilent;
      },
      onFocusTaken: () => {
        this.releaseFrame();
        this.problem = this.strings.outputTookFocus;
      },
      onMissing: () => {
        this.releaseFrame();
        this.view = { kind: 'text' };
        console.warn(`There is no output.html beside runner.html, so HTML and Markdown are shown as text.`);
      },
    });
    this.place!.append(this.frame.element);
  }

  private releaseFrame(): void {
    this.frame?.element.remove();
    this.frame?.dispose();
    this.frame = undefined;
    this.component?.dispose();
    this.component = undefined;
    this.plot?.dispose();
    this.plot = undefined;
  }
}

function isFramed({ kind }: View): boolean {
  return kind === 'frame' || kind === 'component' || kind === 'plot';
}

/** What a component last told to look like, without its code. */
function pictureOf(bundle: MimeBundle): View {
  const picture = bundle['text/html'];
  return typeof picture === 'string' ? { kind: 'frame', html: picture, scripts: false } : { kind: 'text' };
}

function viewOf({ kind, type, value }: ShownForm): View {
  if (kind === 'table') {
    const table = readTable(value);
    return table === undefined ? { kind: 'text' } : { kind, table };
  }
  if (kind === 'progress') return viewOfProgress(value);
  if (kind === 'json') return { kind, preview: makePreview(value, { preview: { maxDepth: 8 } }) };
  if (kind === 'html') return { kind: 'frame', html: String(value), scripts: true };
  const contents = imageContents(type, value);
  return contents === undefined
    ? { kind: 'text' }
    : { kind: 'image', url: URL.createObjectURL(blobOf(type, contents)) };
}

function viewOfProgress(value: unknown): View {
  const { done, total, label } = (value ?? {}) as Partial<Record<keyof Progress, unknown>>;
  if (typeof done !== 'number' || typeof total !== 'number' || !(total > 0)) return { kind: 'text' };
  return { kind: 'progress', progress: { done, total, label: typeof label === 'string' ? label : '' } };
}

function imageHtml(type: string, bytes: Uint8Array): string {
  return `<img alt="" src="data:${type};base64,${toBase64(bytes.slice().buffer)}">`;
}

/** The scheme that the element has in fact: its `color-scheme` may leave the choice to the system. */
function schemeOf(element: Element): 'light' | 'dark' {
  const { colorScheme } = getComputedStyle(element);
  if (!colorScheme.includes('dark')) return 'light';
  return colorScheme.includes('light') && !matchMedia('(prefers-color-scheme: dark)').matches ? 'light' : 'dark';
}

define('codemode-output', CodemodeOutput);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-output': CodemodeOutput;
  }
}
