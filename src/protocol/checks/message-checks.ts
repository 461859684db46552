import {
  maxAddressCharacters,
  maxBlockerCharacters,
  maxBlockers,
  maxCauses,
  maxErrors,
  maxContextKeys,
  maxErrorMessageCharacters,
  maxErrorNameCharacters,
  maxFileNameCharacters,
  maxDisplayIdCharacters,
  maxIdentifierCharacters,
  maxIntegrityCharacters,
  maxKeptGroups,
  maxListCharacters,
  maxMessageGroups,
  maxMutationBytes,
  maxNameCharacters,
  maxNames,
  maxPendingEntries,
  maxReasonCharacters,
  maxStackCharacters,
  maxTimings,
  maxToolNameCharacters,
  maxTreeBytes,
  maxTypeCharacters,
} from '../bounds.js';
import type { Blockers, CheckpointMessage, NameLoss, RestoreReport } from '../messages/checkpoint.js';
import {
  anything,
  buffer,
  type Check,
  checkAt,
  count,
  finite,
  flag,
  list,
  object,
  oneOf,
  parseJson,
  record,
  text,
} from './checks.js';
import { refusalOf } from '../codec/codec.js';
import { MessageShapeError } from './message-shape-error.js';
import type { ComponentData, HostMethods, KernelMethods, Readers } from '../methods.js';
import { workerParts } from '../messages/worker-parts.js';
import { readOutput } from './read-output.js';
import { checkFrames, checkPreview } from './check-preview.js';
import type {
  CompiledText,
  ExecutionReport,
  LeftWork,
  ModuleMessage,
  NamespaceEntry,
  NamespaceText,
  OutputMessage,
  OutputText,
  PendingEntry,
  SendableError,
  SourcePosition,
  StartedMessage,
  ToolCallMessage,
  WireContext,
} from '../messages/wire.js';

/*
 * The host's checks of everything that a worker sends: strings, arrays and records are bounded and numbers finite, so that
 * a message that passes is safe to keep and to show. Workers trust the host, and do without.
 */

const id = text(maxIdentifierCharacters);
const name = text(maxNameCharacters);
const names = list(name, maxNames);
const preview: Check<ExecutionReport['preview']> = checkPreview;
const variables = record(maxContextKeys, maxNameCharacters);

const context = object<WireContext>(
  { runId: id, correlationId: id, variables, metadata: variables },
  { parentId: id, traceparent: id, deadline: finite },
);

const position = object<SourcePosition>(
  { line: count, column: count },
  { length: count, fileName: text(maxFileNameCharacters) },
);

const error = errorWith(maxCauses, true);

/** Deeper causes and errors are left out: a cycle of them would never end. */
function errorWith(causes: number, isOutermost: boolean): Check<SendableError> {
  return object<SendableError>(
    {
      name: text(maxErrorNameCharacters),
      message: text(maxErrorMessageCharacters),
      stack: text(maxStackCharacters),
      frames: checkFrames,
    },
    {
      position,
      cause: causes === 0 ? () => undefined as never : (value) => errorWith(causes - 1, false)(value),
      errors: isOutermost ? list((value) => errorWith(0, false)(value), maxErrors) : () => undefined as never,
    },
  );
}

const lost = list(object<NameLoss>({ name, reason: text(maxReasonCharacters) }), maxNames);

const jsonText = object<NamespaceText>({ data: buffer });
const namespaceEntries = list(
  object<NamespaceEntry>(
    {
      name,
      kind: oneOf(new Set(['let', 'const', 'var', 'function', 'class', 'import'] as const)),
      preview,
      type: text(maxTypeCharacters),
      mode: oneOf(new Set(['async', 'sync', 'thread'] as const)),
      time: finite,
      size: finite,
      pending: flag,
    },
    { fileName: text(maxFileNameCharacters) },
  ),
  maxNames,
);

const pendingEntries = list(
  object<PendingEntry>(
    { kind: oneOf(new Set(['promise', 'timer', 'listener', 'tool'] as const)), runId: id, since: finite },
    { name },
  ),
  maxPendingEntries,
);

const readNames: Check<readonly NamespaceEntry[]> = (value) => namespaceEntries(readJson(value));
const readPending: Check<readonly PendingEntry[]> = (value) => pendingEntries(readJson(value));

function readJson(value: unknown): unknown {
  const { data } = jsonText(value);
  // A character takes three bytes at most.
  if (data.byteLength > 3 * maxListCharacters)
    throw new MessageShapeError('data', `a text of at most ${maxListCharacters} characters`, 'more');
  const json = new TextDecoder().decode(data);
  const refusal = refusalOf(json);
  if (refusal !== undefined) throw new MessageShapeError('data', 'a text within the limits', refusal);
  return parseJson(json);
}

function bufferOf(maxBytes: number): Check<ArrayBuffer> {
  return (value) => {
    const bytes = buffer(value);
    if (bytes.byteLength > maxBytes) throw new MessageShapeError('data', `at most ${maxBytes} bytes`, 'more');
    return bytes;
  };
}

const outputText = object<OutputText>({ context, entries: anything as Check<string> }, { data: buffer });

const readOutputMessage: Check<OutputMessage> = (value) => {
  const message = outputText(value);
  return { context: message.context, entries: checkAt('entries', () => readOutput(message.entries, message.data), 0) };
};

/** Checks of calls from workers. */
export const hostMessages: Readers<HostMethods, 'message'> = {
  callTool: object<ToolCallMessage>(
    { context, callId: id, name: text(maxToolNameCharacters), args: anything },
    { capability: id, place: id },
  ),
  cancelToolCall: object<HostMethods['cancelToolCall']['message']>({ context, callId: id }),
  output: readOutputMessage,
  running: object<HostMethods['running']['message']>({ context, runId: id }),
  checkpoint: object<CheckpointMessage>(
    {
      context,
      groups: list(object({ id: count, names, bytes: count }), maxMessageGroups),
      removed: list(count, maxKeptGroups),
      lost,
      isBehind: flag,
      data: buffer,
    },
    { runId: id },
  ),
  loadModule: object<ModuleMessage>({ context, url: text(maxAddressCharacters) }),
  loadPart: object<HostMethods['loadPart']['message']>({
    context,
    name: oneOf(new Set(workerParts)),
    integrity: text(maxIntegrityCharacters),
  }),
  mutate: object<HostMethods['mutate']['message']>({
    context,
    id: text(maxDisplayIdCharacters),
    version: count,
    data: bufferOf(maxMutationBytes),
  }),
};

/** Checks of replies from workers. */
export const kernelReplies: Readers<KernelMethods, 'reply'> = {
  start: object<StartedMessage>({ version: id }),
  compile: object<CompiledText>({ data: buffer }),
  execute: object<ExecutionReport>(
    { ok: flag, value: anything, preview, duration: finite, pending: count },
    { error, leavesWork: flag, left: count, timings: list(finite, maxTimings) },
  ),
  cancel: flag,
  cancelPending: readPending,
  pending: object<LeftWork>({ mayRun: flag, count }),
  listPending: readPending,
  recall: flag,
  expand: preview,
  store: name,
  list: readNames,
  read: anything,
  awaitPending: record(maxNames, maxNameCharacters),
  checkpoint: count,
  restore: object<RestoreReport>({ restored: names, lost }, { isStale: flag }),
  component: object<ComponentData>({ data: bufferOf(maxTreeBytes) }),
  blockers: object<Blockers>({ blockers: list(text(maxBlockerCharacters), maxBlockers) }),
};
