import type { Span } from '../../sdk/traces/span.js';
import { SpanContexts, type ContextMark } from './span-contexts.js';

/** A span with its place in the timeline. Times are milliseconds since the begin of the timeline. */
export interface PlacedSpan {
  readonly span: Span;
  readonly start: number;
  /** `Infinity` while it runs. */
  readonly end: number;
  /** From the top. */
  readonly row: number;
  /** The execution it belongs to; of an execution itself. */
  readonly execution: PlacedSpan;
  readonly parent: PlacedSpan | undefined;
  readonly lane: Lane;
  readonly mark: ContextMark;
}

/** The rows of one session. The first is its heading. */
interface Lane {
  readonly session: string;
  readonly row: number;
  readonly rows: number;
  readonly executions: number;
}

/** All spans in their places. */
export interface Layout {
  readonly lanes: readonly Lane[];
  /** By row: spans by start, none of which overlap. */
  readonly rows: readonly (readonly PlacedSpan[])[];
  /** By start. */
  readonly all: readonly PlacedSpan[];
  readonly byId: ReadonlyMap<string, PlacedSpan>;
  /** Milliseconds since the epoch. */
  readonly begin: number;
  /** Milliseconds from the begin to the end of what has ended. */
  readonly duration: number;
  readonly isRunning: boolean;
}

type Draft = { -readonly [Key in keyof PlacedSpan]: PlacedSpan[Key] };

/** An execution with its spans, the parent before its children. */
interface Block {
  readonly spans: Draft[];
  readonly source: number;
  /** When the last of each row ends. */
  readonly rowEnds: number[];
}

/**
 * Lays spans out: a lane for each session, where executions that overlap lie below each other, and in an execution each span lies
 * below its parent.
 *
 * @param sources spans by start, of each `Codemode`
 */
export function layOut(sources: readonly (readonly Span[])[], contexts = new SpanContexts()): Layout {
  const begin = Math.min(...sources.flatMap((spans) => spans.slice(0, 1).map(({ start }) => start)));
  const byId = new Map<string, Draft>();
  const blocks = sources.flatMap((spans, source) => blocksOf(spans, source, begin, byId));
  const marks = contexts.assign(blocks.map(({ spans }) => spans[0]!.span));
  for (const [index, { spans }] of blocks.entries()) for (const one of spans) one.mark = marks[index]!;
  const rows: Draft[][] = [];
  const lanes = [...grouped(blocks)].map(([, members]) => placeLane(members, rows));
  for (const row of rows) row.sort((a, b) => a.start - b.start);
  const all = [...byId.values()].sort((a, b) => a.start - b.start);
  const duration = all.reduce((latest, { span }) => Math.max(latest, span.end - begin), 0);
  const isRunning = all.some(({ span }) => span.isRunning);
  return { lanes, rows, all, byId, begin: all.length === 0 ? 0 : begin, duration, isRunning };
}

function blocksOf(spans: readonly Span[], source: number, begin: number, byId: Map<string, Draft>): Block[] {
  const mine = spans.map((span): Draft => {
    const { start, end, isRunning } = span;
    const placed = { span, start: start - begin, end: isRunning ? Infinity : end - begin, row: 0 } as Draft;
    placed.execution = placed;
    byId.set(span.spanId, placed);
    return placed;
  });
  const blocks = new Map<Draft, Block>();
  for (const one of mine) one.parent = byId.get(one.span.parentSpanId ?? '');
  for (const one of mine) {
    // What continues the trace of another execution is no part of it.
    if (one.span.kind === 'execution') one.parent = undefined;
    one.execution = rootOf(one);
    const block = blocks.get(one.execution) ?? { spans: [], source, rowEnds: [] };
    blocks.set(one.execution, block);
    if (one === one.execution) block.spans.unshift(one);
    else block.spans.push(one);
  }
  for (const block of blocks.values()) placeBlock(block);
  return [...blocks.values()];
}

function rootOf(one: Draft): PlacedSpan {
  let root: PlacedSpan = one;
  while (root.parent !== undefined && root.span.kind !== 'execution') root = root.parent;
  return root;
}

const isCall = ({ span }: PlacedSpan): boolean => span.kind === 'tool' || span.kind === 'approval';

/** Rows within an execution, counted from its own: tool calls are below what the worker measured. */
function placeBlock({ spans, rowEnds }: Block): void {
  const depth = (one: PlacedSpan): number => (one.parent === undefined ? 0 : 1 + depth(one.parent));
  spans.sort((a, b) => Number(isCall(a)) - Number(isCall(b)) || a.start - b.start || depth(a) - depth(b));
  for (const one of spans) {
    let row = one.parent === undefined ? 0 : one.parent.row + 1;
    while ((rowEnds[row] ?? -Infinity) > one.start) row += 1;
    one.row = row;
    while (rowEnds.length < row) rowEnds.push(-Infinity);
    rowEnds[row] = one.end;
  }
}

function grouped(blocks: readonly Block[]): Map<string, Block[]> {
  const groups = new Map<string, Block[]>();
  for (const block of blocks) {
    const key = `${block.source}:${sessionOf(block)}`;
    const members = groups.get(key) ?? [];
    groups.set(key, members);
    members.push(block);
  }
  return groups;
}

const sessionOf = ({ spans }: Block): string => String(spans[0]!.span.attributes['codemode.session'] ?? '');

/** Each execution goes to the first rows that are free. */
function placeLane(blocks: readonly Block[], rows: Draft[][]): Lane {
  const first = rows.length + 1;
  const rowEnds: number[] = [];
  const lane = { session: sessionOf(blocks[0]!), row: rows.length, rows: 1, executions: blocks.length };
  rows.push([]);
  for (const block of blocks.toSorted((a, b) => a.spans[0]!.start - b.spans[0]!.start)) {
    const { start } = block.spans[0]!;
    let at = 0;
    for (let below = 0; below < block.rowEnds.length; below += 1) {
      if ((rowEnds[at + below] ?? -Infinity) <= start) continue;
      at += below + 1;
      below = -1;
    }
    for (const [below, end] of block.rowEnds.entries()) rowEnds[at + below] = Math.max(end, rowEnds[at + below] ?? 0);
    for (const one of block.spans) {
      one.row += first + at;
      one.lane = lane;
      while (rows.length <= one.row) rows.push([]);
      rows[one.row]!.push(one);
    }
  }
  lane.rows = rows.length - lane.row;
  return lane;
}
