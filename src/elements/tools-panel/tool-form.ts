import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { PanelElement } from '../panels/panel-element.js';
import { define } from '../shared/define.js';
import { icon } from '../shared/icons.js';
import { base } from '../shared/tokens.js';
import { draftOf, readDraft, withDraft, type Draft, type FieldPath } from './form-draft.js';
import { fieldOf, type Field } from './form-field.js';
import { toolFormStyles } from './tool-form.styles.js';

/** What is wrong with a value, and where. */
export interface FormIssue {
  readonly path: FieldPath;
  readonly message: string;
}

/** Details of the events of `<codemode-tool-form>`. */
export interface ToolFormEventDetails {
  'tool-call': { readonly args: unknown };
  'tool-insert': { readonly args: unknown };
}

/**
 * A form for the input of a tool, made from its JSON Schema. What a form can't express is asked for as JSON text. Messages stand at the
 * fields that they are about, and the first of these gets the focus.
 *
 * @summary A form for the input of a tool.
 * @fires {CustomEvent<ToolFormEventDetails['tool-call']>} tool-call - the reader calls the tool with valid arguments
 * @fires {CustomEvent<ToolFormEventDetails['tool-insert']>} tool-insert - the reader wants the call as code
 * @example
 * ```html
 * <codemode-tool-form></codemode-tool-form>
 * <script type="module">
 *   document.querySelector('codemode-tool-form').schema = { type: 'object', properties: { city: { type: 'string' } } };
 * </script>
 * ```
 */
class CodemodeToolForm extends PanelElement {
  static override styles = [base, toolFormStyles];

  /** JSON Schema of the input; undefined if none is known. */
  @property({ attribute: false }) schema: unknown;
  /** Whether a call may go without arguments. */
  @property({ type: Boolean }) optional = false;
  /** Checks the arguments with the tool's own schema. @default no check */
  @property({ attribute: false }) check: ((args: unknown) => Promise<readonly FormIssue[]>) | undefined;
  /** Whether a call is under way. */
  @property({ type: Boolean }) busy = false;

  @state() private draft: Draft = '';
  @state() private issues: readonly FormIssue[] = [];
  private field: Field = fieldOf(undefined);

  /** Puts values into the form, instead of what it has. */
  fill(args: unknown): void {
    this.draft = draftOf(this.field, args);
    this.issues = [];
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('schema') && !changed.has('optional')) return;
    this.field = fieldOf(this.schema, this.schema, '', !this.optional || typeof this.schema === 'object');
    this.draft = draftOf(this.field);
    this.issues = [];
  }

  protected override render(): TemplateResult {
    const texts = this.strings.toolsPanel;
    const shown = new Set(pathsOf(this.field, this.draft, []));
    const elsewhere = this.issues.filter(({ path }) => !shown.has(keyOf(path)));
    return html`
      <form novalidate @submit=${this.onSubmit} @keydown=${this.onKeyDown}>
        ${elsewhere.length === 0 ? nothing : html`<p class="problems" role="alert">${elsewhere.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)).join(' ')}</p>`}
        ${this.renderFields()}
        <div class="actions">
          <button class="button primary" ?disabled=${this.busy}>${icon('run', true)}${texts.call}</button>
          <button class="button quiet" type="button" title=${texts.insertTitle} @click=${() => void this.submit('tool-insert')}>${icon('debug')}${texts.insert}</button>
        </div>
      </form>
    `;
  }

  private renderFields(): TemplateResult | readonly TemplateResult[] {
    const { field, draft } = this;
    if (field.kind !== 'object') return this.renderField({ ...field, name: this.strings.toolsPanel.input }, draft, []);
    const members = draft as Readonly<Record<string, Draft>>;
    return field.fields.map((member) => this.renderField(member, members[member.name]!, [member.name]));
  }

  private renderField(field: Field, draft: Draft, path: FieldPath, label = field.name): TemplateResult {
    if (field.kind === 'object' || field.kind === 'list') return this.renderGroup(field, draft, path, label);
    const id = keyOf(path);
    const error = this.errorAt(path);
    const isCheck = field.kind === 'boolean' && field.isRequired && !field.isNullable;
    const described = [
      ...(field.description === '' ? [] : [`about ${id}`]),
      ...(error === '' ? [] : [`error ${id}`]),
    ].map((each) => each.replaceAll(/\s/g, '_'));
    const control = this.renderControl(field, draft as string, path, described.join(' '));
    const name = html`<label for=${toId(id)}>${label} ${field.isRequired ? nothing : html`<span class="optional">${this.strings.toolsPanel.optional}</span>`}</label>`;
    return html`<div class="field">
      ${isCheck ? html`<div class="check">${control}${name}</div>` : html`${name}${control}`}
      ${field.description === '' ? nothing : html`<p class="about" id=${described[0]!}>${field.description}</p>`}
      ${error === '' ? nothing : html`<p class="error" id=${described.at(-1)!}>${error}</p>`}
    </div>`;
  }

  private renderControl(field: Field, text: string, path: FieldPath, describedBy: string): TemplateResult {
    const id = toId(keyOf(path));
    const isInvalid = this.errorAt(path) !== '';
    const onInput = (event: Event): void => this.set(path, (event.target as HTMLInputElement).value);
    const input = (type: string, more = ''): TemplateResult =>
      html`<input id=${id} type=${type} inputmode=${more || nothing} step="any" autocomplete="off" spellcheck="false" .value=${text} aria-required=${field.isRequired} aria-invalid=${isInvalid} aria-describedby=${describedBy || nothing} @input=${onInput} />`;
    switch (field.kind) {
      case 'number':
        return input('text', field.isInteger ? 'numeric' : 'decimal');
      case 'date':
        return input('date');
      case 'time':
        return input('datetime-local');
      case 'boolean':
        if (field.isRequired && !field.isNullable)
          return html`<input id=${id} type="checkbox" .checked=${text === 'true'} aria-describedby=${describedBy || nothing} @change=${(event: Event) => this.set(path, String((event.target as HTMLInputElement).checked))} />`;
        return this.renderSelect(
          field,
          ['false', 'true'].map((value) => [value, value]),
          text,
          path,
          describedBy,
        );
      case 'choice':
        return this.renderSelect(
          field,
          field.options.map((option, at) => [String(at), String(option)]),
          text,
          path,
          describedBy,
        );
      case 'json':
        return html`<textarea id=${id} rows="3" autocomplete="off" spellcheck="false" placeholder=${this.strings.toolsPanel.jsonHint} .value=${text} aria-required=${field.isRequired} aria-invalid=${isInvalid} aria-describedby=${describedBy || nothing} @input=${onInput}></textarea>`;
      default:
        return field.kind === 'text' && field.isLong
          ? html`<textarea id=${id} rows="3" .value=${text} aria-required=${field.isRequired} aria-invalid=${isInvalid} aria-describedby=${describedBy || nothing} @input=${onInput}></textarea>`
          : input('text');
    }
  }

  private renderSelect(
    field: Field,
    options: readonly (readonly [value: string, label: string])[],
    text: string,
    path: FieldPath,
    describedBy: string,
  ): TemplateResult {
    return html`<select id=${toId(keyOf(path))} aria-required=${field.isRequired} aria-invalid=${this.errorAt(path) !== ''} aria-describedby=${describedBy || nothing} @change=${(event: Event) => this.set(path, (event.target as HTMLSelectElement).value)}>
      ${options.some(([value]) => value === text) && field.isRequired ? nothing : html`<option value="" ?selected=${text === ''}>${this.strings.toolsPanel.notSet}</option>`}
      ${options.map(([value, label]) => html`<option value=${value} ?selected=${value === text}>${label}</option>`)}
    </select>`;
  }

  private renderGroup(
    field: Field & { readonly kind: 'object' | 'list' },
    draft: Draft,
    path: FieldPath,
    label: string,
  ): TemplateResult {
    const texts = this.strings.toolsPanel;
    const error = this.errorAt(path);
    const id = toId(`error ${keyOf(path)}`);
    return html`<fieldset aria-describedby=${error === '' ? nothing : id}>
      <legend>${label} ${field.isRequired ? nothing : html`<span class="optional">${texts.optional}</span>`}</legend>
      ${field.description === '' ? nothing : html`<p class="about">${field.description}</p>`}
      ${error === '' ? nothing : html`<p class="error" id=${id}>${error}</p>`}
      ${
        field.kind === 'object'
          ? field.fields.map((member) =>
              this.renderField(member, (draft as Readonly<Record<string, Draft>>)[member.name]!, [
                ...path,
                member.name,
              ]),
            )
          : this.renderItems(field, draft as readonly Draft[], path, label)
      }
    </fieldset>`;
  }

  private renderItems(
    field: Field & { readonly kind: 'list' },
    items: readonly Draft[],
    path: FieldPath,
    label: string,
  ): TemplateResult {
    const texts = this.strings.toolsPanel;
    return html`
      ${items.map(
        (item, at) => html`<div class="item">
          ${this.renderField(field.item, item, [...path, at], `${label} ${at + 1}`)}
          <button class="button square" type="button" title=${texts.removeItem} aria-label=${texts.removeItemOf(label, at + 1)} @click=${(event: Event) => void this.setItems(event, path, items.toSpliced(at, 1))}>${icon('close')}</button>
        </div>`,
      )}
      <button class="button quiet add" type="button" @click=${(event: Event) => void this.setItems(event, path, [...items, draftOf(field.item)], true)}>${icon('plus')}${texts.addItem(label)}</button>
    `;
  }

  private set(path: FieldPath, part: Draft): void {
    this.draft = withDraft(this.draft, path, part);
    // Messages about what is no longer there would mislead.
    this.issues = this.issues.filter((issue) => !path.every((key, at) => issue.path[at] === key));
  }

  /** The focus goes to the item that came, or stays in the list. */
  private async setItems(
    { currentTarget }: Event,
    path: FieldPath,
    items: readonly Draft[],
    isLonger = false,
  ): Promise<void> {
    const list = (currentTarget as Element).closest('fieldset')!;
    this.set(path, items);
    await this.updateComplete;
    const added = isLonger ? list.querySelectorAll(':scope > .item')[items.length - 1] : undefined;
    const target =
      added?.querySelector<HTMLElement>('input, select, textarea, button') ??
      list.querySelector<HTMLElement>(':scope > .add');
    target?.focus();
  }

  private errorAt(path: FieldPath): string {
    const key = keyOf(path);
    return this.issues
      .filter((issue) => keyOf(issue.path) === key)
      .map(({ message }) => message)
      .join(' ');
  }

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    void this.submit('tool-call');
  };

  /** In a longer text, Enter begins a line. */
  private readonly onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.submit('tool-call');
  };

  private async submit(type: keyof ToolFormEventDetails): Promise<void> {
    const { field, draft, check } = this;
    const { value, issues } = readDraft(field, draft);
    const texts = this.strings.toolsPanel.problems;
    this.issues = issues.map(({ path, problem }) => ({ path, message: texts[problem] }));
    const args = this.optional && isEmpty(value) ? undefined : value;
    if (this.issues.length === 0 && check !== undefined && args !== undefined) this.issues = await check(args);
    if (this.draft !== draft) return;
    if (this.issues.length > 0) {
      await this.updateComplete;
      this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    /** @ignore The class comment lists these events. */
    this.dispatchEvent(new CustomEvent(type, { detail: { args } }));
  }
}

const keyOf = (path: FieldPath): string => JSON.stringify(path.map(String));
/** A list of ids has spaces between them. */
const toId = (key: string): string => key.replaceAll(/\s/g, '_');

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** Keys of the paths that have a place in the form. */
function pathsOf(field: Field, draft: Draft, path: FieldPath): string[] {
  const own = path.length === 0 && field.kind === 'object' ? [] : [keyOf(path)];
  if (field.kind === 'object')
    return [
      ...own,
      ...field.fields.flatMap((member) =>
        pathsOf(member, (draft as Readonly<Record<string, Draft>>)[member.name]!, [...path, member.name]),
      ),
    ];
  if (field.kind !== 'list') return own;
  return [...own, ...(draft as readonly Draft[]).flatMap((item, at) => pathsOf(field.item, item, [...path, at]))];
}

define('codemode-tool-form', CodemodeToolForm);

declare global {
  interface HTMLElementTagNameMap {
    'codemode-tool-form': CodemodeToolForm;
  }
}
