import { describe, expect, it } from 'vitest';
import { MessageShapeError } from './errors.js';
import {
  executeMessage,
  executionReport,
  type MessageSchema,
  moduleMessage,
  namespaceList,
  outputMessage,
  readMessage,
  receive,
  startMessage,
  toolCallMessage,
  valuesReply,
  wireContext,
} from './messages.js';
import { makePreview } from './previews/make-preview.js';
import type { ExecutionReport, OutputMessage, WireContext } from './wire.js';

const context: WireContext = {
  runId: 'run',
  correlationId: 'correlation',
  variables: { client_id: 'a' },
  metadata: {},
};
const report: ExecutionReport = {
  ok: true,
  value: 1n,
  preview: makePreview([1, { a: 2 }]),
  duration: 1.5,
  pending: 0,
};
const output: OutputMessage = {
  context,
  entries: [
    {
      sequence: 1,
      runId: 'run',
      method: 'log',
      level: 'log',
      parts: [{ text: 'a', style: 'color: red' }, { preview: makePreview(new Error('x')) }],
      text: 'a Error: x',
      depth: 0,
      time: 1e12,
      frames: [{ functionName: 'f', file: 'cell-1.ts', line: 1, column: 2 }],
    },
    {
      sequence: 2,
      method: 'table',
      level: 'log',
      parts: [],
      text: '',
      depth: 0,
      time: 1e12,
      table: { columns: ['a'], rows: [[makePreview('x')]] },
    },
  ],
};
/** Output goes as one text, which has tests of its own. */
const outputText = { context, entries: JSON.stringify(output.entries) };
const error = {
  name: 'Error',
  message: 'm',
  stack: '',
  frames: [],
  position: { line: 1, column: 1 },
  cause: { name: 'E', message: '', stack: '', frames: [] },
};

describe('messages', () => {
  it.each<[string, MessageSchema<unknown>, unknown]>([
    ['a context', wireContext, { ...context, traceparent: '00-x', deadline: 1, parentId: 'p' }],
    [
      'start',
      startMessage,
      {
        context,
        settings: { config: { a: 1 }, importMap: { imports: { x: '/x.js' } }, baseUrl: 'https://example.com/' },
      },
    ],
    [
      'execute',
      executeMessage,
      {
        context,
        code: '1',
        mode: 'async',
        fileName: 'cell-1.ts',
        cell: 1,
        tools: [{ name: 't', description: '', kind: 'sync', requiredContext: [] }],
      },
    ],
    ['a report', executionReport, report],
    ['a failed report', executionReport, { ...report, ok: false, error }],
    ['a tool call', toolCallMessage, { context, callId: '1', name: 't', args: undefined }],
    ['a module', moduleMessage, { context, url: 'https://example.com/x.js' }],
    [
      'a namespace',
      namespaceList,
      [
        {
          name: 'x',
          kind: 'let',
          preview: makePreview(1),
          type: 'number',
          mode: 'sync',
          time: 1,
          size: 8,
          pending: false,
        },
      ],
    ],
    ['values', valuesReply, { task: 'done' }],
  ])('accept %s as it is', (_, schema, message) => {
    expect(readMessage(schema, message)).toEqual(message);
  });

  it.each<[string, MessageSchema<unknown>, unknown]>([
    ['no context', toolCallMessage, { callId: '1', name: 't', args: 1 }],
    [
      'a context without a run',
      toolCallMessage,
      { context: { ...context, runId: undefined }, callId: '1', name: 't', args: 1 },
    ],
    [
      'a long id',
      toolCallMessage,
      { context: { ...context, runId: 'x'.repeat(300) }, callId: '1', name: 't', args: 1 },
    ],
    ['a name that is no string', toolCallMessage, { context, callId: '1', name: {}, args: 1 }],
    ['a duration that is not finite', executionReport, { ...report, duration: NaN }],
    ['a count below zero', executionReport, { ...report, pending: -1 }],
    [
      'a preview that is none',
      executionReport,
      { ...report, preview: { type: 'object', kind: 'script', className: '', text: '' } },
    ],
    ['output that is no text', outputMessage, output],
    [
      'output with an unknown method',
      outputMessage,
      { ...outputText, entries: outputText.entries.replace('"table"', '"eval"') },
    ],
    [
      'too many variables',
      wireContext,
      { ...context, variables: Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [at, at])) },
    ],
    ['no object', outputMessage, null],
  ])('refuse %s', (_, schema, message) => {
    expect(() => readMessage(schema, message)).toThrow(MessageShapeError);
  });

  it('cut a chain of causes that never ends', () => {
    const circular: Record<string, unknown> = { ...error };
    circular['cause'] = circular;
    let levels = 0;
    for (let at = readMessage(executionReport, { ...report, error: circular }).error; at !== undefined; at = at.cause)
      levels += 1;
    expect(levels).toBe(17);
  });

  it('tell where a message is wrong', () => {
    expect(() =>
      readMessage(executionReport, { ...report, ok: false, error: { ...error, position: { line: 'x', column: 1 } } }),
    ).toThrow(/at error\.position\.line: expected number, received "x"/);
  });

  it('read output from its text', () => {
    expect(readMessage(outputMessage, outputText)).toEqual(output);
  });

  it('leave out what a schema does not know', () => {
    expect(readMessage(moduleMessage, { context, url: 'u', extra: 1 })).toEqual({ context, url: 'u' });
  });

  it('reach a method only when they have its shape', () => {
    const seen: unknown[] = [];
    const method = receive(moduleMessage, (message) => seen.push(message.url));
    method({ context, url: 'u' });
    expect(() => method({ context })).toThrow(MessageShapeError);
    expect(seen).toEqual(['u']);
  });
});
