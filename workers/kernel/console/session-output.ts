import { cut, maxGroupDepth, maxOutputEntries, maxOutputTextCharacters } from '../../../src/protocol/bounds.js';
import { writeOutputEntry, type WrittenOutput } from '../../../src/protocol/messages/output-text.js';
import type { Preview, StackFrame } from '../../../src/protocol/previews/preview.js';
import type { OutputLevel, OutputMethod } from '../../../src/protocol/messages/wire.js';
import type { ConsoleEntry } from './console.js';
import type { Execution } from '../execution/execution.js';
import { formatArguments } from './format-arguments.js';
import { OutputQueue, type DroppedOutput, type QueuedOutput } from './output-queue.js';

/** An encoded entry, or primitive console arguments, which are immutable and so can be encoded later. */
type Waiting = QueuedOutput &
  (
    | { readonly json: string; readonly data?: readonly Uint8Array[] }
    | { readonly method: PlainMethod; readonly args: readonly unknown[]; readonly depth: number }
  );

export type PlainMethod = OutputMethod & OutputLevel;

export interface SessionOutputOptions {
  /** Sends entries, each as JSON, and the forms of their bundles; calls `acknowledged` when the host has received them. */
  send(entries: readonly string[], acknowledged: () => void, data: readonly Uint8Array[]): void;
  /** Runs `task` in the bracket of intrinsics, after the currently running code. */
  schedule(task: () => void): void;
  /** @param isBrief whether one line is enough */
  preview(value: unknown, isBrief: boolean): Preview;
  /** Stack frames of the console call, at the reader's lines. */
  callerFrames(): readonly StackFrame[];
}

/** Most characters of an entry as JSON. For a larger entry, only the text is sent. */
const maxEntry = 1024 * 1024;
/** Full previews and stacks during a flood: the entries after many lines are often the important ones. */
const maxDetailed = 1_000;
/** Approximate characters of an entry without its arguments. */
const perEntry = 100;

const wallClock = Date.now;

/** The output of one session's code, numbered and sent to the host. */
export class SessionOutput {
  readonly #options: SessionOutputOptions;
  readonly #queue: OutputQueue<Waiting>;
  #sequence = 0;
  /** Number of detailed entries during the current flood. */
  #detailed = 0;

  constructor(options: SessionOutputOptions) {
    this.#options = options;
    this.#queue = new OutputQueue<Waiting>({
      send: (dropped, entries, acknowledged) => {
        // One notice per execution; those that don't fit in the message are left out.
        const notices = dropped.slice(0, maxOutputEntries - entries.length).map(noticeOf);
        const data = entries.flatMap((entry) => ('data' in entry ? entry.data! : []));
        options.send([...notices, ...entries.map((entry) => this.#json(entry))], acknowledged, data);
      },
      schedule: options.schedule,
    });
  }

  /** Whether to add details. In a flood, most entries are dropped, so only a limited number have details. */
  admitsDetail(): boolean {
    if (!this.#queue.isFlooded) this.#detailed = 0;
    else if (this.#detailed >= maxDetailed) return false;
    else this.#detailed++;
    return true;
  }

  preview(value: unknown): Preview {
    return this.#options.preview(value, !this.admitsDetail());
  }

  callerFrames(): readonly StackFrame[] {
    return this.admitsDetail() ? this.#options.callerFrames() : [];
  }

  write(execution: Execution | undefined, entry: ConsoleEntry): void {
    const { parts, text, forms, ...rest } = entry;
    const data = forms?.map(({ bytes }) => bytes);
    const wire: WrittenOutput = {
      sequence: ++this.#sequence,
      ...(execution === undefined ? {} : { runId: execution.id }),
      ...rest,
      ...(forms && { forms: forms.map((form) => ({ ...form, bytes: form.bytes.length })) }),
      parts,
      text: cut(text, maxOutputTextCharacters),
      depth: depthOf(execution),
      time: wallClock(),
    };
    const json = writeWithin(wire);
    const { sequence, runId, time } = wire;
    const weight = (data ?? []).reduce((sum, { length }) => sum + length, json.length);
    this.#queue.push({ sequence, runId, time, json, ...(data && { data }) }, weight);
  }

  writeValues(
    execution: Execution | undefined,
    method: OutputMethod,
    level: OutputLevel,
    values: readonly unknown[],
  ): void {
    this.write(execution, { method, level, ...formatArguments(values, (value) => this.preview(value)) });
  }

  /**
   * Queues a console call without entering the bracket, which would be most of the cost in a flood. Returns `false` if the call needs
   * `write`.
   */
  writePlain(execution: Execution | undefined, method: PlainMethod, args: readonly unknown[]): boolean {
    let weight = perEntry;
    for (let at = 0; at < args.length; at++) {
      const value = args[at];
      if (typeof value === 'string') weight += value.length;
      else if (typeof value === 'function' || (typeof value === 'object' && value !== null)) return false;
      else weight += perEntry;
    }
    const entry = {
      sequence: this.#sequence + 1,
      runId: execution?.id,
      time: wallClock(),
      method,
      args,
      depth: depthOf(execution),
    };
    if (!this.#queue.pushQuickly(entry, weight)) return false;
    this.#sequence++;
    return true;
  }

  /** Sends waiting output. Call it before a tool call, which would overtake the output. */
  sendWaiting(): void {
    this.#queue.sendWaiting();
  }

  /** Calls back once all earlier output was sent (C8). */
  whenSent(sent: () => void): void {
    this.#queue.whenSent(sent);
  }

  /** Drops waiting output: for a cancelled execution that has ended and only waits to send its output. */
  discard(): void {
    this.#queue.discard();
  }

  #json(entry: Waiting): string {
    if ('json' in entry) return entry.json;
    const { sequence, runId, method, args, depth, time } = entry;
    const { parts, text } = formatArguments(args, (value) => this.#options.preview(value, false));
    return writeWithin({
      sequence,
      ...(runId === undefined ? {} : { runId }),
      method,
      level: method,
      parts,
      text: cut(text, maxOutputTextCharacters),
      depth,
      time,
    });
  }
}

function writeWithin(entry: WrittenOutput): string {
  const json = writeOutputEntry(entry);
  if (json.length <= maxEntry) return json;
  const { table: _table, ...rest } = entry;
  return writeOutputEntry({ ...rest, parts: [{ text: entry.text }] });
}

function depthOf(execution: Execution | undefined): number {
  const depth = execution?.groupDepth ?? 0;
  return depth < maxGroupDepth ? depth : maxGroupDepth;
}

function noticeOf({ sequence, runId, time, count }: DroppedOutput): string {
  const text = `${count.toLocaleString('en')} lines of output were dropped here: the code writes faster than they can be shown.`;
  return writeOutputEntry({
    sequence,
    ...(runId === undefined ? {} : { runId }),
    method: 'notice',
    level: 'warn',
    parts: [{ text }],
    text,
    depth: 0,
    time,
    dropped: count,
  });
}
