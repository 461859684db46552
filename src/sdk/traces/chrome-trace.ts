import type { Span, SpanAttribute } from './span.js';

/** One event of Chrome's Trace Event Format; times are microseconds. */
export interface ChromeTraceEvent {
  readonly name: string;
  /** `X`: a span. `I`: a point in time. `M`: the name of a process or a thread. */
  readonly ph: 'X' | 'I' | 'M';
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly cat: string;
  readonly s?: 't';
  readonly args: Readonly<Record<string, SpanAttribute>>;
}

/** The JSON object form of Chrome's Trace Event Format. */
export interface ChromeTrace {
  readonly traceEvents: readonly ChromeTraceEvent[];
  readonly displayTimeUnit: 'ms';
}

/** Spans that nest in each other: the ends of those that are open, the innermost last. */
interface Thread {
  readonly tid: number;
  readonly open: number[];
}

/** Spans of one thread must nest, so those of an execution that overlap are on threads of their own. */
export function chromeTrace(spans: readonly Span[]): ChromeTrace {
  const events: ChromeTraceEvent[] = [];
  const processes = new Map<string, number>();
  const threads = new Map<string, Thread[]>();
  const roots = rootsOf(spans);
  let lastThread = 0;
  const named = (what: 'process_name' | 'thread_name', name: string, pid: number, tid: number): void => {
    events.push({ name: what, cat: '__metadata', ph: 'M', pid, tid, ts: 0, args: { name } });
  };
  for (const span of spans) {
    const root = roots.get(span.spanId) ?? span;
    const session = String(root.attributes['codemode.session'] ?? '');
    let pid = processes.get(session);
    if (pid === undefined) {
      processes.set(session, (pid = processes.size + 1));
      named('process_name', `session ${session}`, pid, 0);
    }
    const mine = threads.get(root.spanId) ?? [];
    threads.set(root.spanId, mine);
    let thread = mine.find((one) => fits(one, span));
    if (thread === undefined) {
      mine.push((thread = { tid: ++lastThread, open: [] }));
      named('thread_name', root.name, pid, thread.tid);
    }
    thread.open.push(span.end);
    const { tid } = thread;
    const { traceId, spanId, parentSpanId = '', status, kind, name, start, end } = span;
    const args = { ...span.attributes, traceId, spanId, parentSpanId, status: status.message ?? status.code };
    events.push({ name, cat: kind, ph: 'X', pid, tid, ts: start * 1_000, dur: (end - start) * 1_000, args });
    for (const event of span.events)
      events.push({
        name: event.name,
        cat: 'event',
        ph: 'I',
        s: 't',
        pid,
        tid,
        ts: event.time * 1_000,
        args: event.attributes,
      });
  }
  return { traceEvents: events, displayTimeUnit: 'ms' };
}

/** The execution's own span, or the earliest that is there, by the id of each span. */
function rootsOf(spans: readonly Span[]): Map<string, Span> {
  const roots = new Map<string, Span>();
  for (const span of spans) roots.set(span.spanId, roots.get(span.parentSpanId ?? '') ?? span);
  return roots;
}

function fits({ open }: Thread, { start, end }: Span): boolean {
  while (open.length > 0 && open.at(-1)! <= start) open.pop();
  return open.length === 0 || open.at(-1)! >= end;
}
