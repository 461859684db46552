import { html, type TemplateResult } from 'lit';
import type { CodeMarker } from '../../../editor/markers.js';
import type { AmbientNames } from '../../../editor/ambient/tool-types.js';

export type EditorChoice = 'auto' | 'monaco' | 'light' | 'none';

interface EditorState {
  readonly code: string;
  readonly markers: readonly CodeMarker[];
  readonly names: AmbientNames;
  readonly style: string;
  readonly label: string;
}

interface EditorActions {
  change(code: string): void;
  run(): void;
  leave(): void;
}

/** A kind of code editor with its own element. */
export interface EditorKind {
  /** Loads and registers the element. @throws the error of a failed import */
  load(): Promise<unknown>;
  render(state: EditorState, actions: EditorActions): TemplateResult;
}

const documentId = 'snippet';

const monaco: EditorKind = {
  load: async () => {
    const [{ CodemodeCodeEditor }, { define }] = await Promise.all([
      import('../../code-editor/code-editor.js'),
      import('../../shared/define.js'),
    ]);
    define('codemode-code-editor', CodemodeCodeEditor);
  },
  render: (state, actions) => html`<codemode-code-editor
    class="editor"
    part="editor"
    style=${state.style}
    editor="monaco"
    .documents=${[{ id: documentId, code: state.code }]}
    .active=${documentId}
    .markers=${new Map([[documentId, state.markers]])}
    .names=${state.names}
    @code-change=${({ detail }: CustomEvent<{ code: string }>) => actions.change(detail.code)}
    @code-run=${() => actions.run()}
    @code-leave=${() => actions.leave()}
  ></codemode-code-editor>`,
};

const light: EditorKind = {
  load: () => import('./light-editor.js'),
  render: (state, actions) => html`<codemode-light-editor
    class="editor"
    part="editor"
    style=${state.style}
    .code=${state.code}
    .markers=${state.markers}
    .label=${state.label}
    @code-change=${({ detail }: CustomEvent<{ code: string }>) => actions.change(detail.code)}
    @code-run=${() => actions.run()}
    @code-leave=${() => actions.leave()}
  ></codemode-light-editor>`,
};

/** Monaco needs a precise pointer and a large screen. */
export function chooseEditor(choice: EditorChoice): EditorKind {
  if (choice === 'auto') return matchMedia('(pointer: coarse), (max-width: 640px)').matches ? light : monaco;
  return choice === 'light' ? light : monaco;
}
