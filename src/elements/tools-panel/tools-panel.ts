import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Preview } from '../../protocol/previews/preview.js';
import { acceptsEmptyObject, type JsonSchema } from '../../sdk/tools/schema/json-schema.js';
import { validate } from '../../sdk/tools/schema/schema.js';
import type { ToolDescriptor } from '../../sdk/tools/tool-descriptor.js';
import { declareTools } from '../../sdk/tools/tool-types.js';
import type { ExecutionResult } from '../../sdk/types.js';
import { appendCode } from '../panels/append-code.js';
import { PanelElement } from '../panels/panel-element.js';
import { panelStyles } from '../panels/panel.styles.js';
import type { PanelView } from '../panels/panel-view.js';
import { previewStyles } from '../preview/inline-preview.js';
import type { ToolRegistry } from '../run/codemode-like.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { base } from '../shared/tokens.js';
import { callCode } from './call-code.js';
import type { FormIssue, ToolFormEventDetails } from './tool-form.js';
import { toolsPanelStyles } from './tools-panel.styles.js';
import '../inspector/inspector.js';
import './tool-form.js';

/** The last call of a tool: how it ended, or that it has not. */
type Call =
  | { readonly state: 'running' }
  | { readonly state: 'ended'; readonly result: ExecutionResult }
  | { readonly state: 'refused'; readonly error: Error };

/**
 * The tools of a session: description, types, schemas, what the context must have, whether a call asks first; and a form that calls a tool.
 * A call is code that runs in the session, so validation, approval and context are those of any other call.
 *
 * @summary A list of tools, each with its documentation and a form to call it.
 * @fires {CustomEvent<string>} code-insert - the reader wants this call in the editor
 * @example
 * ```html
 * <codemode-tools-panel></codemode-tools-panel>
 * <script type="module">
 *   document.querySelector('codemode-tools-panel').registry = codemode.registry;
 * </script>
 * ```
 */
export class CodemodeToolsPanel extends PanelElement {
  static override styles = [base, previewStyles, panelStyles, toolsPanelStyles];

  /** The registry with the tools. */
  @property({ attribute: false }) registry: ToolRegistry | undefined;
  /** Runs the code of a call. Without it, no tool can be called. */
  @property({ attribute: false }) run: ((code: string) => Promise<ExecutionResult>) | undefined;
  /** Fetches the properties of a preview. */
  @property({ attribute: false }) expand: ((preview: Preview) => Promise<Preview>) | undefined;
  /** Stores what a preview shows under a name. */
  @property({ attribute: false }) store: ((preview: Preview) => Promise<void>) | undefined;

  @state() private filter = '';
  @state() private opened = '';
  @state() private calls: ReadonlyMap<string, Call> = new Map();
  private unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe?.();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('registry') && this.isConnected) this.follow();
  }

  protected override render(): TemplateResult {
    const texts = this.strings.toolsPanel;
    const tools = this.registry?.snapshot().toolDescriptors() ?? [];
    if (tools.length === 0)
      return html`<div class="empty">${icon('terminal')}<p>${texts.empty}</p><p class="hint">${texts.emptyHint}</p></div>`;
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = tools.filter(({ name, description }) => {
      const text = `${name} ${description}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return html`
      <div class="bar">
        <input class="filter" type="search" aria-label=${texts.filter} placeholder=${texts.filter} .value=${this.filter} @input=${(event: Event) => (this.filter = (event.target as HTMLInputElement).value)} />
        <span role="status">${words.length === 0 ? tools.length : texts.matches(shown.length, tools.length)}</span>
      </div>
      <div class="scroller">
        <ul aria-label=${this.strings.panelNames.tools}>
          ${repeat(
            shown,
            ({ name }) => name,
            (tool) => this.renderTool(tool),
          )}
        </ul>
        ${shown.length === 0 ? html`<div class="empty"><p>${texts.noMatch}</p></div>` : nothing}
      </div>
    `;
  }

  private renderTool(tool: ToolDescriptor): TemplateResult {
    const { name, description, requiredContext } = tool;
    const texts = this.strings.toolsPanel;
    const isOpen = name === this.opened;
    const dot = name.lastIndexOf('.') + 1;
    const { approval } = this.registry!.snapshot().get('tool', name);
    return html`<li>
      <button class="head" aria-expanded=${isOpen} @click=${() => (this.opened = isOpen ? '' : name)}>
        ${icon('chevron')}
        <span class="title">
          <span><span class="namespace">${name.slice(0, dot)}</span>${name.slice(dot)}</span>
          ${approval === false || approval === undefined ? nothing : html`<span class="badge asks">${approval === true ? texts.asks : texts.mayAsk}</span>`}
          ${requiredContext.map((key) => html`<span class="badge" title=${texts.needsContext(key)}>${key}</span>`)}
        </span>
        ${isOpen || description === '' ? nothing : html`<span class="short">${description}</span>`}
      </button>
      ${isOpen ? this.renderDetails(tool) : nothing}
    </li>`;
  }

  private renderDetails(tool: ToolDescriptor): TemplateResult {
    const texts = this.strings.toolsPanel;
    const { name, description, input, output } = tool;
    return html`<div class="details">
      ${description === '' ? nothing : html`<p class="about">${description}</p>`}
      <pre tabindex="0" role="region" aria-label=${texts.types}>${declareTools([tool]).trimEnd()}</pre>
      ${
        this.run === undefined
          ? nothing
          : html`<section class="try" aria-label=${texts.tryIt}>
            <p class="caption">${texts.tryIt}</p>
            <codemode-tool-form
              .schema=${input}
              ?optional=${input === undefined || acceptsEmptyObject(input as JsonSchema)}
              .check=${(args: unknown) => this.check(name, args)}
              ?busy=${this.calls.get(name)?.state === 'running'}
              @tool-call=${({ detail }: CustomEvent<ToolFormEventDetails['tool-call']>) => void this.call(name, detail.args)}
              @tool-insert=${({ detail }: CustomEvent<ToolFormEventDetails['tool-insert']>) => this.insert(name, detail.args)}
            ></codemode-tool-form>
            <div role="status">${this.renderCall(this.calls.get(name))}</div>
          </section>`
      }
      ${[[texts.inputSchema, input] as const, [texts.outputSchema, output] as const].map(([label, schema]) =>
        schema === undefined
          ? nothing
          : html`<details><summary>${label}</summary><pre tabindex="0">${JSON.stringify(schema, null, 2)}</pre></details>`,
      )}
    </div>`;
  }

  private renderCall(call: Call | undefined): TemplateResult | typeof nothing {
    if (call === undefined) return nothing;
    const texts = this.strings.toolsPanel;
    if (call.state === 'running') return html`<div class="result">${texts.calling}</div>`;
    const error = call.state === 'refused' ? call.error : call.result.error;
    if (error !== undefined)
      return html`<div class="result failed">${error.message.startsWith(error.name) ? error.message : `${error.name}: ${error.message}`}</div>`;
    if (call.state === 'refused') return nothing;
    const { preview, duration } = call.result;
    return html`<div class="result">
      <codemode-inspector label=${texts.result} .preview=${preview} .expand=${this.expand} .store=${this.store}></codemode-inspector>
      <span class="took">${this.strings.took(duration)}</span>
    </div>`;
  }

  /** The tool's own schema, which the call is checked against again. */
  private async check(name: string, args: unknown): Promise<readonly FormIssue[]> {
    const snapshot = this.registry?.snapshot();
    if (snapshot === undefined || !snapshot.has('tool', name)) return [];
    const { input } = snapshot.get('tool', name);
    if (input === undefined) return [];
    try {
      return (await validate(input, args)).issues ?? [];
    } catch (error) {
      return [{ path: [], message: error instanceof Error ? error.message : String(error) }];
    }
  }

  private async call(name: string, args: unknown): Promise<void> {
    const set = (call: Call): void => {
      this.calls = new Map(this.calls).set(name, call);
    };
    set({ state: 'running' });
    try {
      set({ state: 'ended', result: await this.run!(callCode(name, args)) });
    } catch (error) {
      set({ state: 'refused', error: error instanceof Error ? error : new Error(String(error)) });
    }
  }

  private insert(name: string, args: unknown): void {
    this.dispatchEvent(new CustomEvent<string>('code-insert', { detail: callCode(name, args) }));
  }

  private follow(): void {
    this.unsubscribe?.();
    this.unsubscribe = this.registry?.subscribe(() => this.requestUpdate());
  }
}

export function renderPanel({ tab, codemode }: PanelView): TemplateResult {
  return html`<codemode-tools-panel
    part="tools"
    .registry=${codemode?.registry}
    .run=${(code: string) => tab.run({ code, source: 'repl' })}
    .expand=${tab.expand}
    .store=${tab.store}
    @code-insert=${({ detail }: CustomEvent<string>) => appendCode(tab, detail)}
  ></codemode-tools-panel>`;
}

define('codemode-tools-panel', CodemodeToolsPanel);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-tools-panel': CodemodeToolsPanel;
  }
}
