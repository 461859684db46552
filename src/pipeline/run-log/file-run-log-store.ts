import { RunExistsError, RunLogFormatError, RunNotFoundError } from '../errors/storage-errors.js';
import { nodeModule } from '../storage/node-modules.js';
import type { RunLogEvent } from './run-log-event.js';
import { currentRunId } from './current-run-id.js';
import type { RunLogStore } from './run-log-store.js';

/**
 * Logs in a folder, for Node: a file of JSON lines for each run. An event whose line a kill has cut off never happened.
 *
 * @example
 * const runLogStore = new FileRunLogStore('runs/logs');
 * const run = sales.start({ runId: 'r-1', runLogStore });
 */
export class FileRunLogStore implements RunLogStore {
  readonly #folder: string;

  /** @param folder is made with the first log */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async create(runId: string, event: RunLogEvent): Promise<void> {
    const { mkdir, open, rm } = nodeModule('node:fs/promises');
    await mkdir(this.#folder, { recursive: true });
    const existing = await this.#lines(runId);
    if (existing !== undefined && existing.length > 0) throw new RunExistsError(runId);
    // One that a kill left without its first line is no log.
    if (existing !== undefined) await rm(this.#file(runId), { force: true });
    const file = await open(this.#file(runId), 'wx').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? new RunExistsError(runId) : error;
    });
    try {
      await file.write(lineOf(event));
    } finally {
      await file.close();
    }
  }

  async append(runId: string, event: RunLogEvent): Promise<void> {
    const { open } = nodeModule('node:fs/promises');
    const file = await open(this.#file(runId), 'r+').catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOENT' ? new RunNotFoundError(runId) : error;
    });
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      const { bytesRead } = size === 0 ? { bytesRead: 0 } : await file.read(last, 0, 1, size - 1);
      const isWhole = bytesRead === 1 && last[0] === newline;
      // What a kill cut off is overwritten, since it never happened.
      const end = isWhole ? size : await this.#wholeBytes(runId);
      if (!isWhole) await file.truncate(end);
      const line = lineOf(event);
      await file.write(line, 0, line.length, end);
    } finally {
      await file.close();
    }
  }

  async read(runId?: string): Promise<readonly RunLogEvent[]> {
    const id = runId ?? currentRunId();
    const lines = await this.#lines(id);
    if (lines === undefined || lines.length === 0) throw new RunNotFoundError(id);
    return lines.map((line, index) => {
      try {
        return JSON.parse(line) as RunLogEvent;
      } catch {
        throw new RunLogFormatError(id, `line ${index + 1} is not JSON.`);
      }
    });
  }

  async list(): Promise<readonly string[]> {
    const { readdir } = nodeModule('node:fs/promises');
    const names = await readdir(this.#folder).catch(() => []);
    return names
      .filter((name) => name.endsWith(extension))
      .map((name) => decodeURIComponent(name.slice(0, -extension.length)));
  }

  async remove(runId: string): Promise<void> {
    await nodeModule('node:fs/promises').rm(this.#file(runId), { force: true });
  }

  /** Whole ones alone. `undefined` where there is no file. */
  async #lines(runId: string): Promise<string[] | undefined> {
    const text = await this.#text(runId);
    return text
      ?.slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(0, -1);
  }

  async #wholeBytes(runId: string): Promise<number> {
    const text = (await this.#text(runId)) ?? '';
    return Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
  }

  async #text(runId: string): Promise<string | undefined> {
    return await nodeModule('node:fs/promises')
      .readFile(this.#file(runId), 'utf8')
      .catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
  }

  #file(runId: string): string {
    return nodeModule('node:path').join(this.#folder, `${encodeURIComponent(runId)}${extension}`);
  }
}

const extension = '.jsonl';
const newline = 10;
const lineOf = (event: RunLogEvent): Buffer => Buffer.from(`${JSON.stringify(event)}\n`);
