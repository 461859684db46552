import type {
  ObjectKind,
  ObjectPreview,
  Preview,
  PropertyPreview,
  StackFrame,
} from '../../protocol/previews/preview.js';

/** One visible line of the tree. */
export interface InspectorRow {
  /** Path in the tree; the root is `''`. */
  readonly path: string;
  /** From 1. */
  readonly level: number;
  readonly content:
    | {
        readonly kind: 'value';
        readonly preview: Preview;
        readonly property?: PropertyPreview;
        readonly owner?: ObjectKind;
      }
    | { readonly kind: 'source'; readonly source: string }
    | { readonly kind: 'frame'; readonly frame: StackFrame }
    | { readonly kind: 'more'; readonly count: number };
  /** `undefined` for a row that cannot open. */
  readonly open: boolean | undefined;
}

/** The open rows of a tree, and the previews that the session expanded. */
export interface InspectorState {
  readonly open: ReadonlySet<string>;
  /** Expanded previews, by path. */
  readonly expanded: ReadonlyMap<string, Preview>;
}

export function isExpandable(preview: Preview): preview is ObjectPreview {
  if (preview.type !== 'object' || preview.kind === 'getter') return false;
  return preview.handle !== undefined || (preview.properties?.length ?? 0) > 0 || preview.source !== undefined;
}

/** The visible rows of the tree under `preview`, from top to bottom. */
export function inspectorRows(preview: Preview, state: InspectorState): InspectorRow[] {
  return [...rowsOf({ kind: 'value', preview }, '', 1, state)];
}

function* rowsOf(
  content: Extract<InspectorRow['content'], { kind: 'value' }>,
  path: string,
  level: number,
  state: InspectorState,
): Iterable<InspectorRow> {
  const preview = state.expanded.get(path) ?? content.preview;
  const wasGetter = content.preview.type === 'object' && content.preview.kind === 'getter';
  const open = isExpandable(preview) ? state.open.has(path) : undefined;
  yield { path, level, content: { ...content, preview: wasGetter ? preview : content.preview }, open };
  if (open && preview.type === 'object') yield* childrenOf(preview, path, level + 1, state);
}

function* childrenOf(
  preview: ObjectPreview,
  path: string,
  level: number,
  state: InspectorState,
): Iterable<InspectorRow> {
  const { stack = [], properties = [] } = preview;
  for (let index = 0; index < stack.length; index++) {
    const frame = stack[index]!;
    yield { path: `${path}/at${index}`, level, content: { kind: 'frame', frame }, open: undefined };
  }
  if (preview.source !== undefined)
    yield { path: `${path}/source`, level, content: { kind: 'source', source: preview.source }, open: undefined };
  for (let index = 0; index < properties.length; index++) {
    const property = properties[index]!;
    yield* rowsOf(
      { kind: 'value', property, preview: property.value, owner: preview.kind },
      `${path}/p${index}`,
      level,
      state,
    );
  }
  if ((preview.more ?? 0) > 0)
    yield { path: `${path}/more`, level, content: { kind: 'more', count: preview.more! }, open: undefined };
}
