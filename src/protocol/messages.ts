import * as v from 'valibot';
import { maxFileNameCharacters } from './bounds.js';
import { MessageShapeError } from './errors.js';
import type { Preview, StackFrame } from './previews/preview.js';
import { readOutput } from './output-text.js';
import { checkFrame, checkPreview } from './previews/preview-schema.js';
import type {
  ExecuteMessage,
  ExecutionReport,
  ImportMap,
  NamespaceEntry,
  OutputMessage,
  SendableError,
  SourcePosition,
  StartedMessage,
  StartMessage,
  ToolCallMessage,
  ToolDescriptor,
  WireContext,
} from './wire.js';

/**
 * Schemas of what crosses the port. The host checks with them all that a worker sends: strings, arrays and records are
 * bounded and numbers finite, so that what passes is safe to keep and to show. Workers trust the host and leave them
 * out.
 */
export type MessageSchema<T> = v.GenericSchema<unknown, T>;

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

export const wireContext: MessageSchema<WireContext> = v.object({
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

export const sendableError: MessageSchema<SendableError> = errorSchema(maxErrorCauses);

/** Deeper causes are left out: a cycle of them would never end. */
function errorSchema(causes: number): MessageSchema<SendableError> {
  return causes === 0
    ? v.object(errorFields)
    : v.object({ ...errorFields, cause: v.exactOptional(v.lazy(() => errorSchema(causes - 1))) });
}

const importMap: MessageSchema<ImportMap> = v.object({
  imports: v.exactOptional(v.record(v.string(), v.string())),
  scopes: v.exactOptional(v.record(v.string(), v.record(v.string(), v.string()))),
});

const toolDescriptor: MessageSchema<ToolDescriptor> = v.object({
  name,
  description: v.string(),
  kind: v.picklist(['sync', 'async', 'context']),
  input: v.exactOptional(v.unknown()),
  output: v.exactOptional(v.unknown()),
  requiredContext: v.array(name),
});

// From the host to the worker

export const startMessage: MessageSchema<StartMessage> = v.object({
  context: wireContext,
  settings: v.object({ config: v.record(v.string(), v.unknown()), importMap, baseUrl: v.string() }),
});

export const executeMessage: MessageSchema<ExecuteMessage> = v.object({
  context: wireContext,
  code: v.string(),
  mode,
  transaction: v.exactOptional(v.picklist(['commit', 'rollback-on-failure', 'rollback'])),
  fileName: v.pipe(v.string(), v.minLength(1), v.maxLength(maxFileNameCharacters)),
  cell: count,
  tools: v.array(toolDescriptor),
  timeLimit: v.exactOptional(v.object({ milliseconds: v.number(), error: sendableError })),
});

// From the worker to the host

export const startedMessage: MessageSchema<StartedMessage> = v.object({ version: text(100) });

export const executionReport: MessageSchema<ExecutionReport> = v.object({
  ok: v.boolean(),
  value: v.unknown(),
  preview,
  error: v.exactOptional(sendableError),
  duration: finite,
  pending: count,
});

export const outputMessage: MessageSchema<OutputMessage> = v.object({
  context: wireContext,
  entries: v.pipe(v.unknown(), v.transform(readOutput)),
});

export const toolCallMessage: MessageSchema<ToolCallMessage> = v.object({
  context: wireContext,
  callId: id,
  name,
  args: v.unknown(),
});
export const cancelToolCallMessage: MessageSchema<{ readonly context: WireContext; readonly callId: string }> =
  v.object({ context: wireContext, callId: id });
export const moduleMessage: MessageSchema<{ readonly context: WireContext; readonly url: string }> = v.object({
  context: wireContext,
  url: text(10_000),
});

const declarationKind = v.picklist(['let', 'const', 'var', 'function', 'class', 'import']);

export const namespaceEntry: MessageSchema<NamespaceEntry> = v.object({
  name,
  kind: declarationKind,
  preview,
  type: text(20_000),
  mode,
  time: finite,
  size: finite,
  pending: v.boolean(),
});

export const namespaceList: MessageSchema<readonly NamespaceEntry[]> = list(namespaceEntry, maxNames);
export const previewReply: MessageSchema<Preview> = preview;
/** Data that is passed on as it is. */
export const anyReply: MessageSchema<unknown> = v.unknown();

/** Values by name, such as `awaitPending` gives. */
export const valuesReply: MessageSchema<Readonly<Record<string, unknown>>> = v.record(v.string(), v.unknown());

/**
 * Reads a message of a shape.
 *
 * @throws MessageShapeError with the path of the first field that is not as it should be.
 */
export function readMessage<T>(schema: MessageSchema<T>, value: unknown): T {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0]!;
  throw new MessageShapeError(v.getDotPath(issue) ?? '', issue.expected ?? issue.message, issue.received);
}

/** A method of the host that accepts one shape; any other breaks the protocol. */
export function receive<T>(schema: MessageSchema<T>, method: (message: T) => unknown): (message: unknown) => unknown {
  return (message) => method(readMessage(schema, message));
}
