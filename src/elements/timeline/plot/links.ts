import type { Layout, PlacedSpan } from '../layout.js';

/** A line from a cause to its effect. Times are milliseconds since the begin of the timeline. */
export interface CauseLink {
  /** `starts`: a span begins another. `resumes`: the code goes on when a tool call has ended. */
  readonly kind: 'starts' | 'resumes';
  readonly from: PlacedSpan;
  readonly fromTime: number;
  readonly to: PlacedSpan;
  readonly toTime: number;
}

/** Milliseconds by which the clocks of page and worker may differ in a trace. */
const tolerance = 5;
/** Steps of an execution that nothing else causes. */
const steps = new Set(['queue', 'compile', 'checkpoint']);
/** Lines of one span. */
const maxLinks = 200;

/** What began a span, what it began, and where the code went on. */
export function linksOf(one: PlacedSpan, { all }: Pick<Layout, 'all'>): CauseLink[] {
  const links: CauseLink[] = [];
  const starts = (from: PlacedSpan, to: PlacedSpan): void => {
    links.push({ kind: 'starts', from, fromTime: to.start, to, toTime: to.start });
  };
  if (one.parent !== undefined && !steps.has(one.span.kind)) starts(one.parent, one);
  const family = all.filter(({ execution }) => execution === one.execution);
  for (const other of family) {
    if (other.parent === one && !steps.has(other.span.kind)) starts(one, other);
    if (links.length >= maxLinks) break;
  }
  const calls = one.span.kind === 'tool' ? [one] : one.span.kind === 'wait' ? family.filter(isCall) : [];
  for (const call of calls) {
    const wait = continuationOf(call, family);
    if (wait !== undefined && (call === one || wait === one))
      links.push({ kind: 'resumes', from: call, fromTime: call.end, to: wait, toTime: wait.end });
  }
  return links;
}

const isCall = ({ span }: PlacedSpan): boolean => span.kind === 'tool';

/** The wait of the code that ended with the call. */
function continuationOf(call: PlacedSpan, family: readonly PlacedSpan[]): PlacedSpan | undefined {
  const waits = family.filter(
    ({ span, parent, start, end }) =>
      span.kind === 'wait' &&
      parent === call.parent &&
      start <= call.end &&
      end >= call.end - tolerance &&
      end > call.start,
  );
  const [first] = waits.toSorted((a, b) => Math.abs(a.end - call.end) - Math.abs(b.end - call.end));
  return Number.isFinite(call.end) ? first : undefined;
}
