import { markersOf } from '../../../editor/markers.js';
import type { AmbientNames } from '../../../editor/tool-types.js';
import type { Preview } from '../../../protocol/previews/preview.js';
import type { SendableError } from '../../../protocol/wire.js';
import type { ExecutionResult } from '../../../sdk/types.js';
import { ConsoleLog } from '../../console/console-log.js';
import type { CodemodeLike } from '../../playground/playground.js';
import type { PlaygroundEventDetails } from '../../playground/events.js';
import { locales } from '../../shared/locale.js';
import type { SnippetStrings } from '../../shared/snippet-strings.js';
import { english } from '../../shared/strings.js';
import { FailedDependencyError, NotPageCodeError } from './errors.js';
import { matchesExpected } from './expected-output.js';
import { outputTexts } from './output-texts.js';
import { codemodeOf, type CodemodeChoice } from './page-codemodes.js';
import { editablePart } from '../shell/regions.js';
import { basisOf, runOrder, type Cell, type CellRun } from './run-order.js';
import { SharedSession, type RunListener } from './shared-session.js';
import type { SnippetView } from '../live/snippet-view.js';

/** What a run shows itself in. */
export interface RunDisplay {
  readonly view: SnippetView | undefined;
  show(view: SnippetView): void;
  /** A run of it begins; aborting the signal stops it. */
  beginRun(): AbortSignal;
  emit<K extends keyof PlaygroundEventDetails>(type: K, detail: PlaygroundEventDetails[K]): void;
}

/** A snippet as its run needs it; `CodemodeSnippet` is it. */
export interface RunnableSnippet extends Cell, Element {
  readonly codemode: CodemodeLike | undefined;
  readonly choice: CodemodeChoice;
  readonly sessionName: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Whether it holds the author's code. */
  readonly isPageCode: boolean;
  readonly author: { readonly expected: string | undefined };
  readonly strings: SnippetStrings;
  lastRun: CellRun | undefined;
  goLive(): Promise<RunDisplay>;
}

export interface RunSnippetOptions {
  /** Aborting it stops the run, and what runs before it. */
  readonly signal: AbortSignal;
  /** Refuse to run anything but the author's code. */
  readonly pageCodeOnly: boolean;
}

/** Entries that a snippet keeps; beyond, the oldest go. */
const logCapacity = 2_000;
const sessions = new Map<string, Promise<SharedSession>>();
const opened = new WeakMap<RunnableSnippet, string>();
const underWay = new WeakMap<RunnableSnippet, Promise<ExecutionResult>>();

/**
 * Runs a snippet after what it needs.
 *
 * @param snippets all of the page, in its order
 * @throws DependencyCycleError, UnknownDependencyError, FailedDependencyError, NotPageCodeError, ToolsModuleError, ImportMapError, and
 * what `Session.execute` throws: the code was not run, or nobody can tell
 */
export async function runSnippet(
  target: RunnableSnippet,
  snippets: readonly RunnableSnippet[],
  { signal, pageCodeOnly }: RunSnippetOptions,
): Promise<ExecutionResult> {
  try {
    const order = runOrder(target, snippets);
    const notOfPage = pageCodeOnly ? order.find((snippet) => !snippet.isPageCode) : undefined;
    if (notOfPage !== undefined) throw new NotPageCodeError(notOfPage.name);
    for (const needed of order.slice(0, -1)) {
      const { ok } = await (underWay.get(needed) ?? runNeeded(needed, snippets, signal));
      if (!ok) throw new FailedDependencyError(needed.name, target.strings.ranFirst(needed.name));
    }
    return await (underWay.get(target) ?? runAlone(target, snippets, signal));
  } catch (error) {
    if (!(error instanceof NotPageCodeError)) showFailure(await target.goLive(), error, signal.aborted);
    throw error;
  }
}

/** The snippet has left the page or runs elsewhere from now on: its session ends with the last that uses it. */
export async function leaveSession(snippet: RunnableSnippet): Promise<void> {
  const group = opened.get(snippet);
  if (group === undefined) return;
  opened.delete(snippet);
  const shared = await sessions.get(group)?.catch(() => undefined);
  if (shared === undefined || !shared.users.delete(snippet) || shared.users.size > 0) return;
  sessions.delete(group);
  await shared.close();
}

/** A new worker without variables for all snippets of these groups. */
export async function resetSessions(groups: readonly string[]): Promise<void> {
  await Promise.all(groups.map(async (group) => (await sessions.get(group))?.session.reset()));
}

/** What the editor may know once the snippet has run: the page's tools and the variables of its session. */
export async function namesFor(snippet: RunnableSnippet): Promise<AmbientNames> {
  const shared = await sessions.get(snippet.group)?.catch(() => undefined);
  if (shared === undefined) return {};
  const codemode = snippet.codemode ?? (await codemodeOf(snippet.choice));
  return {
    tools: codemode.registry.snapshot().toolDescriptors(),
    namespace: await shared.session.namespace.list().catch(() => []),
  };
}

async function runNeeded(
  snippet: RunnableSnippet,
  snippets: readonly RunnableSnippet[],
  signal: AbortSignal,
): Promise<ExecutionResult> {
  const display = await snippet.goLive();
  return await runAlone(snippet, snippets, AbortSignal.any([display.beginRun(), signal]));
}

function runAlone(
  snippet: RunnableSnippet,
  snippets: readonly RunnableSnippet[],
  signal: AbortSignal,
): Promise<ExecutionResult> {
  const run = execute(snippet, snippets, signal).finally(() => underWay.delete(snippet));
  underWay.set(snippet, run);
  return run;
}

async function execute(
  snippet: RunnableSnippet,
  snippets: readonly RunnableSnippet[],
  signal: AbortSignal,
): Promise<ExecutionResult> {
  const { code, context, name, strings } = snippet;
  const display = await snippet.goLive();
  const log = new ConsoleLog(logCapacity);
  const before = display.view;
  let expand = async (preview: Preview): Promise<Preview> => preview;
  const show = (view: Partial<SnippetView> & Pick<SnippetView, 'status'>): void =>
    display.show({ log, expand, markers: [], ...view });
  // What the run before wrote stays in view until there is something new, so that the page does not jump.
  display.show({ log: before?.log ?? log, expand: before?.expand ?? expand, markers: [], status: 'running' });
  const shared = await open(snippet);
  expand = (preview) => shared.session.expand(preview);
  let isRunning = true;
  let hasOutput = false;
  const listener: RunListener = {
    output(entry) {
      log.addOutput(entry);
      if (isRunning && !hasOutput) show({ status: 'running' });
      hasOutput = true;
      display.emit('codemode-output', { tab: name, name, entry });
    },
    recovered({ reason, restored, lost }) {
      log.add({
        kind: 'notice',
        text: locales.textsFor(snippet, english).recovered(
          reason,
          restored,
          lost.map((one) => `${one.name} (${one.reason})`),
        ),
      });
    },
  };
  const runId = crypto.randomUUID().replaceAll('-', '');
  const file = shared.begin(runId, listener, name, editablePart(code).before.split('\n').length - 1);
  const basis = basisOf(snippet, snippets);
  display.emit('codemode-run', { tab: name, name, code, mode: 'async', context, source: 'editor' });
  try {
    const result = await shared.session.execute(code, { context, signal, runId });
    const { error } = result;
    isRunning = false;
    snippet.lastRun = { ok: result.ok, code, basis };
    if (error === undefined) show({ status: 'ok', ...showValue(log, snippet, result) });
    else if (error.name === 'CancelledError')
      show({ status: 'stopped', duration: result.duration, summary: strings.stopped });
    else
      show({
        status: 'failed',
        duration: result.duration,
        markers: markersOf(error, file),
        summary: addFailure(log, shared.readable(error, file)),
      });
    display.emit('codemode-result', { tab: name, name, result });
    return result;
  } catch (error) {
    if (isNotStarted(error)) shared.refuse(runId, file);
    throw error;
  }
}

/** The session of a snippet's group; one that could not be opened is tried anew. */
async function open(snippet: RunnableSnippet): Promise<SharedSession> {
  const { group } = snippet;
  if (opened.get(snippet) !== group) await leaveSession(snippet);
  const opening = sessions.get(group) ?? connect(snippet);
  sessions.set(group, opening);
  opened.set(snippet, group);
  try {
    const shared = await opening;
    shared.users.add(snippet);
    return shared;
  } catch (error) {
    if (sessions.get(group) === opening) sessions.delete(group);
    throw error;
  }
}

async function connect(snippet: RunnableSnippet): Promise<SharedSession> {
  const codemode = snippet.codemode ?? (await codemodeOf(snippet.choice));
  return new SharedSession(codemode.session(snippet.sessionName));
}

function showValue(
  log: ConsoleLog,
  snippet: RunnableSnippet,
  result: ExecutionResult,
): Pick<SnippetView, 'duration' | 'expectation' | 'summary'> {
  const { preview, duration, pending } = result;
  const {
    author: { expected },
    strings,
    isPageCode,
  } = snippet;
  if (preview.type !== 'undefined') log.add({ kind: 'result', preview, duration, pending });
  const texts = outputTexts(result);
  const summary = `${strings.succeeded(strings.took(duration))}. ${texts[0]!.slice(0, 200)}`;
  if (expected === undefined || !isPageCode) return { duration, summary };
  return { duration, summary, expectation: texts.some((text) => matchesExpected(expected, text)) ? 'met' : 'missed' };
}

function addFailure(log: ConsoleLog, error: SendableError): string {
  log.add({ kind: 'failure', error });
  return `${error.name}: ${error.message}`;
}

/** The code did not run at all, or nobody can tell. */
function showFailure(display: RunDisplay, error: unknown, wasStopped: boolean): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  const log = new ConsoleLog(logCapacity);
  if (wasStopped) {
    display.show({ status: 'stopped', log, expand: async (preview) => preview, markers: [] });
    return;
  }
  const summary = addFailure(log, { name, message, stack: '', frames: [] });
  display.show({ status: 'failed', log, expand: async (preview) => preview, markers: [], summary });
}

function isNotStarted(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'phase' in error && error.phase === 'not-started';
}
