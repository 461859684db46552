import type { AmbientNames } from '../../../editor/ambient/tool-types.js';
import type { ExecutionResult } from '../../../sdk/types.js';
import { ConsoleLog } from '../../console/console-log.js';
import { sendable, type RunOutcome } from '../../run/run-presenter.js';
import { editablePart } from '../shell/regions.js';
import type { SnippetView } from '../live/snippet-view.js';
import { FailedDependencyError, NotPageCodeError } from './errors.js';
import { matchesExpected } from './expected-output.js';
import { outputTexts } from './output-texts.js';
import { PageCodemodes } from './page-codemodes.js';
import { basisOf, runOrder } from './run-order.js';
import type { RunDisplay, RunnableSnippet } from './runnable-snippet.js';
import { SharedSession } from './shared-session.js';
import type { ToolRegistrations } from './tool-registrations.js';

/** The snippets of a page in page order, and the functions that register their tools. */
export interface RunnablePage {
  readonly all: readonly RunnableSnippet[];
  readonly registrations: ToolRegistrations;
}

export interface RunSnippetOptions {
  /** Stops the run and the runs of its dependencies when aborted. */
  readonly signal: AbortSignal;
  /** Runs only the author's code. */
  readonly pageCodeOnly: boolean;
}

/** Maximum number of entries in a snippet's log; the oldest are dropped first. */
const logCapacity = 2_000;

/** The runs of a page's snippets, with their `Codemode`s and shared sessions. `close` releases all. */
export class SnippetRuns {
  readonly codemodes: PageCodemodes;
  readonly #page: RunnablePage;
  /** Sessions by group. */
  readonly #sessions = new Map<string, Promise<SharedSession>>();
  /** Group of a snippet's last run. */
  readonly #opened = new WeakMap<RunnableSnippet, string>();
  readonly #underWay = new WeakMap<RunnableSnippet, Promise<ExecutionResult>>();
  /** The error that a snippet already shows. */
  readonly #shown = new WeakMap<RunnableSnippet, unknown>();

  constructor(page: RunnablePage) {
    this.#page = page;
    this.codemodes = new PageCodemodes(page.registrations);
  }

  /**
   * Runs a snippet after its dependencies.
   *
   * @throws DependencyCycleError, UnknownDependencyError, FailedDependencyError, NotPageCodeError, ToolsModuleError, ImportMapError, and
   * errors of `Session.execute`: the code did not run, or its outcome is unknown
   */
  async run(target: RunnableSnippet, { signal, pageCodeOnly }: RunSnippetOptions): Promise<ExecutionResult> {
    try {
      const order = runOrder(target, this.#page.all);
      const notOfPage = pageCodeOnly ? order.find((snippet) => !snippet.isPageCode) : undefined;
      if (notOfPage !== undefined) throw new NotPageCodeError(notOfPage.name);
      for (const needed of order.slice(0, -1)) {
        const { ok } = await (this.#underWay.get(needed) ?? this.#runNeeded(needed, signal));
        if (!ok) throw new FailedDependencyError(needed.name, target.strings.ranFirst(needed.name));
      }
      return await (this.#underWay.get(target) ?? this.#runAlone(target, signal));
    } catch (error) {
      if (!(error instanceof NotPageCodeError) && this.#shown.get(target) !== error)
        showFailure(await target.goLive(), error, signal.aborted);
      throw error;
    }
  }

  /** Detaches a snippet from its session. The session closes with its last snippet. */
  async leave(snippet: RunnableSnippet): Promise<void> {
    const group = this.#opened.get(snippet);
    if (group === undefined) return;
    this.#opened.delete(snippet);
    const shared = await this.#sessions.get(group)?.catch(() => undefined);
    if (shared === undefined || !shared.users.delete(snippet) || shared.users.size > 0) return;
    this.#sessions.delete(group);
    await shared.close();
  }

  /** Restarts the sessions of these groups with a new worker and without variables. */
  async reset(groups: readonly string[]): Promise<void> {
    await Promise.all(groups.map(async (group) => (await this.#sessions.get(group))?.session.reset()));
  }

  /** Returns the names for the editor after a run: the page's tools and the session's variables. */
  async namesFor(snippet: RunnableSnippet): Promise<AmbientNames> {
    const shared = await this.#sessions.get(snippet.group)?.catch(() => undefined);
    if (shared === undefined) return {};
    const codemode = snippet.codemode ?? (await this.codemodes.get(snippet.choice));
    return {
      tools: codemode.registry.snapshot().toolDescriptors(),
      namespace: await shared.session.namespace.list().catch(() => []),
    };
  }

  /** Closes all sessions and `Codemode`s of the page. */
  async close(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    await Promise.all(sessions.map(async (opening) => await (await opening.catch(() => undefined))?.close()));
    await this.codemodes.close();
  }

  async #runNeeded(snippet: RunnableSnippet, signal: AbortSignal): Promise<ExecutionResult> {
    const display = await snippet.goLive();
    return await this.#runAlone(snippet, AbortSignal.any([display.beginRun(), signal]));
  }

  #runAlone(snippet: RunnableSnippet, signal: AbortSignal): Promise<ExecutionResult> {
    const run = this.#execute(snippet, signal).finally(() => this.#underWay.delete(snippet));
    this.#underWay.set(snippet, run);
    return run;
  }

  async #execute(snippet: RunnableSnippet, signal: AbortSignal): Promise<ExecutionResult> {
    const { code, context, name } = snippet;
    const display = await snippet.goLive();
    const log = new ConsoleLog(logCapacity);
    try {
      // The previous output stays until new output arrives, so that the layout does not shift.
      const { log: shownLog, expand, snippetOf, pending, stopPending } = display.view ?? emptyView(log);
      display.show({ log: shownLog, expand, snippetOf, pending, stopPending, markers: [], status: 'running' });
      const shared = await this.#open(snippet);
      const view: ViewBase = {
        log,
        expand: (preview) => shared.session.expand(preview),
        snippetOf: (file) => shared.snippetOf(file),
        pending: () => shared.pendingOf(snippet),
        stopPending: () => shared.presenter.stopPending(),
        markers: [],
      };
      const { before, body } = editablePart(code);
      const hidden = before.split('\n').length - 1;
      const fileName = shared.beginRun(snippet);
      const origin = { tab: name, snippet: name, name, fileName };
      const basis = basisOf<RunnableSnippet>(snippet, this.#page.all);
      let isFirstOutput = true;
      display.emit('codemode-run', { ...origin, code, mode: 'async', context, source: 'editor' });
      const outcome = await shared.presenter.run({
        code,
        fileName,
        context,
        signal,
        log,
        seen: { first: hidden + 1, last: hidden + body.split('\n').length },
        onOutput(entry) {
          if (isFirstOutput) display.show({ ...view, status: 'running' });
          isFirstOutput = false;
          display.emit('codemode-output', { ...origin, entry });
        },
      });
      isFirstOutput = false;
      const { result } = outcome;
      snippet.lastRun = { ok: result.ok, code, basis };
      display.show({ ...view, ...present(snippet, outcome) });
      if (shownLog !== log) shownLog.endComponents();
      display.emit('codemode-result', { ...origin, result });
      return result;
    } catch (error) {
      showFailure(display, error, signal.aborted);
      this.#shown.set(snippet, error);
      throw error;
    }
  }

  /** Returns the session of a snippet's group. After a failure, the next call tries again. */
  async #open(snippet: RunnableSnippet): Promise<SharedSession> {
    const { group } = snippet;
    if (this.#opened.get(snippet) !== group) await this.leave(snippet);
    const opening = this.#sessions.get(group) ?? this.#connect(snippet);
    this.#sessions.set(group, opening);
    this.#opened.set(snippet, group);
    try {
      const shared = await opening;
      shared.users.add(snippet);
      return shared;
    } catch (error) {
      if (this.#sessions.get(group) === opening) this.#sessions.delete(group);
      throw error;
    }
  }

  async #connect(snippet: RunnableSnippet): Promise<SharedSession> {
    const codemode = snippet.codemode ?? (await this.codemodes.get(snippet.choice));
    return new SharedSession(codemode.session(snippet.sessionName));
  }
}

type ViewBase = Pick<SnippetView, 'log' | 'expand' | 'snippetOf' | 'pending' | 'stopPending' | 'markers'>;

function emptyView(log: ConsoleLog): ViewBase {
  return {
    log,
    expand: async (preview) => preview,
    snippetOf: () => undefined,
    pending: () => 0,
    stopPending: async () => undefined,
    markers: [],
  };
}

/** Shows the outcome of a run. */
function present(
  snippet: RunnableSnippet,
  { status, result, error, markers }: RunOutcome,
): Pick<SnippetView, 'status' | 'duration' | 'markers' | 'summary' | 'expectation'> {
  const { duration } = result;
  const { strings, author, isPageCode } = snippet;
  if (status === 'stopped') return { status, duration, markers, summary: strings.stopped };
  if (error !== undefined) return { status, duration, markers, summary: `${error.name}: ${error.message}` };
  const texts = outputTexts(result);
  const summary = `${strings.succeeded(strings.took(duration))}. ${texts[0]!.slice(0, 200)}`;
  const { expected } = author;
  if (expected === undefined || !isPageCode) return { status, duration, markers, summary };
  const isMet = texts.some((text) => matchesExpected(expected, text));
  return { status, duration, markers, summary, expectation: isMet ? 'met' : 'missed' };
}

/** Shows that the code did not run, or that its outcome is unknown. */
function showFailure(display: RunDisplay, error: unknown, wasStopped: boolean): void {
  const view = emptyView(new ConsoleLog(logCapacity));
  if (wasStopped) {
    display.show({ ...view, status: 'stopped' });
    return;
  }
  const failure = sendable(error);
  view.log.add({ kind: 'failure', error: failure });
  display.show({ ...view, status: 'failed', summary: `${failure.name}: ${failure.message}` });
}
