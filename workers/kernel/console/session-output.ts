import { cut, maxOutputEntries, maxOutputTextCharacters } from '../../../src/protocol/bounds.js';
import { writeOutputEntry } from '../../../src/protocol/messages/output-text.js';
import type { Preview, StackFrame } from '../../../src/protocol/previews/preview.js';
import type { OutputLevel, OutputMethod, WireOutput } from '../../../src/protocol/messages/wire.js';
import type { ConsoleEntry } from './console.js';
import type { Execution } from '../execution/execution.js';
import { formatArguments } from './format-arguments.js';
import { OutputQueue, type DroppedOutput, type QueuedOutput } from './output-queue.js';

/** An entry that is written already, or arguments of the console that are all primitive and so will be the same when it is. */
type Waiting = QueuedOutput &
  (
    | { readonly json: string }
    | { readonly method: PlainMethod; readonly args: readonly unknown[]; readonly depth: number }
  );

export type PlainMethod = OutputMethod & OutputLevel;

export interface SessionOutputOptions {
  /** Sends entries, each as JSON; `acknowledged` is called when the host has taken them. */
  send(entries: readonly string[], acknowledged: () => void): void;
  /** Runs `task` in the bracket of intrinsics, after the code that is running now. */
  schedule(task: () => void): void;
  /** @param isBrief  In one line is enough. */
  preview(value: unknown, isBrief: boolean): Preview;
  /** Frames of whoever called the console, at the reader's lines. */
  callerFrames(): readonly StackFrame[];
}

/** Characters of an entry as JSON; of a larger one only its text is sent. */
const maxEntry = 1024 * 1024;
/** Previews and stacks that are made in full in a flood: what comes after many lines is often what matters. */
const maxDetailed = 1_000;
/** Characters of an entry beside its arguments, roughly. */
const perEntry = 100;

const wallClock = Date.now;

/** All that the code of one session writes, numbered and on its way to the host. */
export class SessionOutput {
  readonly #options: SessionOutputOptions;
  readonly #queue: OutputQueue<Waiting>;
  #sequence = 0;
  /** Entries that were made with care although there is a flood. */
  #detailed = 0;

  constructor(options: SessionOutputOptions) {
    this.#options = options;
    this.#queue = new OutputQueue<Waiting>({
      send: (dropped, entries, acknowledged) => {
        // One for each execution that wrote something: those that are too many for a message are not told of.
        const notices = dropped.slice(0, maxOutputEntries - entries.length).map(noticeOf);
        options.send([...notices, ...entries.map((entry) => this.#json(entry))], acknowledged);
      },
      schedule: options.schedule,
    });
  }

  /** Whether to take time for details. In a flood most of what is written is dropped again, so only some entries have them. */
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
    const { parts, text, ...rest } = entry;
    const wire: WireOutput = {
      sequence: ++this.#sequence,
      ...(execution === undefined ? {} : { runId: execution.id }),
      ...rest,
      parts,
      text: cut(text, maxOutputTextCharacters),
      depth: execution?.groupDepth ?? 0,
      time: wallClock(),
    };
    const json = writeWithin(wire);
    this.#queue.push({ sequence: wire.sequence, runId: wire.runId, time: wire.time, json }, json.length);
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
   * Takes a call of the console without entering the bracket, which in a flood would be most of the cost. `false` where it has to be
   * written in full.
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
      depth: execution?.groupDepth ?? 0,
    };
    if (!this.#queue.pushQuickly(entry, weight)) return false;
    this.#sequence++;
    return true;
  }

  /** What waits goes ahead of a call of a tool. */
  sendWaiting(): void {
    this.#queue.sendWaiting();
  }

  /** Calls back once what was written before is on its way (C8). */
  whenSent(sent: () => void): void {
    this.#queue.whenSent(sent);
  }

  /** Drops what waits, for somebody who is told to stop and has only this left to do. */
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

function writeWithin(entry: WireOutput): string {
  const json = writeOutputEntry(entry);
  if (json.length <= maxEntry) return json;
  const { table: _table, ...rest } = entry;
  return writeOutputEntry({ ...rest, parts: [{ text: entry.text }] });
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
