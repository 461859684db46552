import * as v from 'valibot';
import { maxFileNameCharacters } from './bounds.js';
import { MessageShapeError } from './errors.js';
import type { Preview, StackFrame } from './previews/preview.js';
import { readOutput } from './output-text.js';
import { checkFrame, checkPreview } from './previews/preview-schema.js';
import type { HostMethods, KernelMethods, Readers } from './methods.js';
import type { ExecutionReport, NamespaceEntry, SendableError, SourcePosition, WireContext } from './wire.js';

/**
 * The host's checks of everything that a worker sends: strings, arrays and records are bounded and numbers finite, so that
 * a message that passes is safe to keep and to show. Workers trust the host, and do without.
 */
type MessageSchema<T> = v.GenericSchema<unknown, T>;

const maxRecordKeys = 1_000;
const maxErrorCauses = 16;
const maxNames = 20_000;

const text = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));
const list = <T>(item: v.GenericSchema<unknown, T>, maxLength: number) => v.pipe(v.array(item), v.maxLength(maxLength));
const finite = v.pipe(v.number(), v.finite());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const id = text(200);
const name = text(500);
const record = v.pipe(
  v.record(name, v.unknown()),
  v.check((value) => Object.keys(value).length <= maxRecordKeys, `expected at most ${maxRecordKeys} keys`),
);

const preview: MessageSchema<Preview> = v.pipe(v.unknown(), v.transform(checkPreview));
const frame: MessageSchema<StackFrame> = v.pipe(v.unknown(), v.transform(checkFrame));
const frames = list(frame, 200);
const mode = v.picklist(['async', 'sync', 'thread']);

const wireContext: MessageSchema<WireContext> = v.object({
  runId: id,
  correlationId: id,
  parentId: v.exactOptional(id),
  traceparent: v.exactOptional(text(200)),
  variables: record,
  metadata: record,
  deadline: v.exactOptional(finite),
});

const position: MessageSchema<SourcePosition> = v.object({
  fileName: v.exactOptional(text(maxFileNameCharacters)),
  line: count,
  column: count,
  length: v.exactOptional(count),
});

const errorFields = {
  name: text(1_000),
  message: text(30_000),
  stack: text(100_000),
  frames,
  position: v.exactOptional(position),
};

const sendableError: MessageSchema<SendableError> = errorSchema(maxErrorCauses);

/** Deeper causes are left out: a cycle of them would never end. */
function errorSchema(causes: number): MessageSchema<SendableError> {
  return causes === 0
    ? v.object(errorFields)
    : v.object({ ...errorFields, cause: v.exactOptional(v.lazy(() => errorSchema(causes - 1))) });
}

const executionReport: MessageSchema<ExecutionReport> = v.object({
  ok: v.boolean(),
  value: v.unknown(),
  preview,
  error: v.exactOptional(sendableError),
  duration: finite,
  pending: count,
});

const namespaceEntry: MessageSchema<NamespaceEntry> = v.object({
  name,
  kind: v.picklist(['let', 'const', 'var', 'function', 'class', 'import']),
  preview,
  type: text(20_000),
  mode,
  time: finite,
  size: finite,
  pending: v.boolean(),
});

const names = list(name, maxNames);
const lost = list(v.object({ name, reason: text(2_000) }), maxNames);

/**
 * Reads a message of a shape.
 *
 * @throws MessageShapeError with the path of the first wrong field
 */
function readMessage<T>(schema: MessageSchema<T>, value: unknown): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0]!;
  throw new MessageShapeError(v.getDotPath(issue) ?? '', issue.expected ?? issue.message, issue.received);
}

const reader =
  <T>(schema: MessageSchema<T>) =>
  (value: unknown): T =>
    readMessage(schema, value);

/** What workers send of their own accord. */
export const hostMessages: Readers<HostMethods, 'received'> = {
  callTool: reader(v.object({ context: wireContext, callId: id, name, args: v.unknown() })),
  cancelToolCall: reader(v.object({ context: wireContext, callId: id })),
  output: reader(v.object({ context: wireContext, entries: v.pipe(v.unknown(), v.transform(readOutput)) })),
  checkpoint: reader(
    v.object({
      context: wireContext,
      groups: list(v.object({ id: count, names, bytes: count }), maxNames),
      removed: list(count, maxNames),
      lost,
      data: v.instance(ArrayBuffer),
    }),
  ),
  loadModule: reader(v.object({ context: wireContext, url: text(10_000) })),
};

/** What workers answer. */
export const kernelReplies: Readers<KernelMethods, 'reply'> = {
  start: reader(v.object({ version: text(100) })),
  execute: reader(executionReport),
  cancel: reader(v.boolean()),
  expand: reader(preview),
  list: reader(list(namespaceEntry, maxNames)),
  read: reader(v.unknown()),
  awaitPending: reader(v.record(v.string(), v.unknown())),
  checkpoint: reader(v.boolean()),
  restore: reader(v.object({ restored: names, lost })),
  blockers: reader(v.object({ blockers: list(text(1_000), 100) })),
};
