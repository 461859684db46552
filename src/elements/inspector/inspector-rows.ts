import type { ObjectPreview, Preview, PropertyPreview, StackFrame } from '../../protocol/preview.js';

/** One visible line of the tree. */
export interface InspectorRow {
  /** Where in the tree it stands; the root is `''`. */
  readonly path: string;
  /** From 1. */
  readonly level: number;
  readonly content:
    | { readonly kind: 'value'; readonly property?: PropertyPreview; readonly preview: Preview }
    | { readonly kind: 'range'; readonly from: number; readonly to: number }
    | { readonly kind: 'source'; readonly source: string }
    | { readonly kind: 'frame'; readonly frame: StackFrame }
    | { readonly kind: 'more'; readonly count: number };
  /** `undefined` for what cannot be opened. */
  readonly open: boolean | undefined;
}

/** What of a tree is open, and what was asked for. */
export interface InspectorState {
  readonly open: ReadonlySet<string>;
  /** Previews as the session expanded them, by path. */
  readonly expanded: ReadonlyMap<string, Preview>;
}

const rangeSize = 100;

export function isExpandable(preview: Preview): preview is ObjectPreview {
  if (preview.type !== 'object' || preview.kind === 'getter') return false;
  return preview.handle !== undefined || (preview.properties?.length ?? 0) > 0 || preview.source !== undefined;
}

/** The visible rows of the tree under `preview`, from top to bottom. */
export function inspectorRows(preview: Preview, state: InspectorState): InspectorRow[] {
  return [...rowsOf({ kind: 'value', preview }, '', 1, state)];
}

function* rowsOf(
  content: Extract<InspectorRow['content'], { kind: 'value' }>, path: string, level: number, state: InspectorState,
): Iterable<InspectorRow> {
  const preview = state.expanded.get(path) ?? content.preview;
  const wasGetter = content.preview.type === 'object' && content.preview.kind === 'getter';
  const open = isExpandable(preview) ? state.open.has(path) : undefined;
  yield { path, level, content: { ...content, preview: wasGetter ? preview : content.preview }, open };
  if (open && preview.type === 'object') yield* childrenOf(preview, path, level + 1, state);
}

function* childrenOf(preview: ObjectPreview, path: string, level: number, state: InspectorState): Iterable<InspectorRow> {
  for (const [index, frame] of (preview.stack ?? []).entries()) {
    yield { path: `${path}/at${index}`, level, content: { kind: 'frame', frame }, open: undefined };
  }
  if (preview.source !== undefined) yield { path: `${path}/source`, level, content: { kind: 'source', source: preview.source }, open: undefined };
  const properties = preview.properties ?? [];
  const indexed = properties.filter((property) => property.key === 'index');
  if (indexed.length > rangeSize) {
    yield* rangesOf(indexed, path, level, state);
    yield* propertiesOf(properties.filter((property) => property.key !== 'index'), path, level, state, 'p');
  } else {
    yield* propertiesOf(properties, path, level, state, 'p');
  }
  if ((preview.more ?? 0) > 0) yield { path: `${path}/more`, level, content: { kind: 'more', count: preview.more! }, open: undefined };
}

function* propertiesOf(
  properties: readonly PropertyPreview[], path: string, level: number, state: InspectorState, prefix: string,
): Iterable<InspectorRow> {
  for (const [index, property] of properties.entries()) {
    yield* rowsOf({ kind: 'value', property, preview: property.value }, `${path}/${prefix}${index}`, level, state);
  }
}

/** A long array is shown in ranges of a hundred, so that opening it stays cheap. */
function* rangesOf(properties: readonly PropertyPreview[], path: string, level: number, state: InspectorState): Iterable<InspectorRow> {
  for (let from = 0; from < properties.length; from += rangeSize) {
    const part = properties.slice(from, from + rangeSize);
    const rangePath = `${path}/r${from}`;
    const open = state.open.has(rangePath);
    yield { path: rangePath, level, content: { kind: 'range', from: Number(part[0]!.name), to: Number(part.at(-1)!.name) }, open };
    if (open) yield* propertiesOf(part, path, level + 1, state, `r${from}p`);
  }
}
