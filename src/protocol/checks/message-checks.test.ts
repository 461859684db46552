import { describe, expect, it } from 'vitest';
import { MessageShapeError } from './message-shape-error.js';
import { hostMessages, kernelReplies } from './message-checks.js';
import { makePreview } from '../previews/make-preview.js';
import type { ExecutionReport, OutputMessage, WireContext } from '../messages/wire.js';

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
  it.each<[string, (value: unknown) => unknown, unknown]>([
    [
      'a context',
      hostMessages.loadModule,
      { context: { ...context, traceparent: '00-x', deadline: 1, parentId: 'p' }, url: 'u' },
    ],
    [
      'a checkpoint',
      hostMessages.checkpoint,
      {
        context,
        groups: [{ id: 1, names: ['x'], bytes: 2 }],
        removed: [2],
        lost: [],
        isBehind: true,
        data: new ArrayBuffer(2),
      },
    ],
    ['a restoration', kernelReplies.restore, { restored: ['x'], lost: [{ name: 'y', reason: 'it is a weak' }] }],
    ['blockers', kernelReplies.blockers, { blockers: ['code is running'] }],
    ['a report', kernelReplies.execute, report],
    ['a failed report', kernelReplies.execute, { ...report, ok: false, error }],
    ['a tool call', hostMessages.callTool, { context, callId: '1', name: 't', args: undefined }],
    ['a module', hostMessages.loadModule, { context, url: 'https://example.com/x.js' }],
    ['values', kernelReplies.awaitPending, { task: 'done' }],
  ])('accept %s as it is', (_, read, message) => {
    expect(read(message)).toEqual(message);
  });

  it('do not read what the page has put on every object', () => {
    const message = { context, url: 'u' };
    Object.defineProperty(Object.prototype, 'deadline', { value: 'soon', configurable: true });
    try {
      const read = hostMessages.loadModule(message);
      expect(Object.hasOwn(read.context, 'deadline')).toBe(false);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'deadline');
    }
  });

  it.each<[string, (value: unknown) => unknown, unknown]>([
    ['no context', hostMessages.callTool, { callId: '1', name: 't', args: 1 }],
    [
      'a context without a run',
      hostMessages.callTool,
      { context: { ...context, runId: undefined }, callId: '1', name: 't', args: 1 },
    ],
    [
      'a long id',
      hostMessages.callTool,
      { context: { ...context, runId: 'x'.repeat(300) }, callId: '1', name: 't', args: 1 },
    ],
    ['a name that is no string', hostMessages.callTool, { context, callId: '1', name: {}, args: 1 }],
    ['a duration that is not finite', kernelReplies.execute, { ...report, duration: NaN }],
    ['a count below zero', kernelReplies.execute, { ...report, pending: -1 }],
    [
      'a preview that is none',
      kernelReplies.execute,
      { ...report, preview: { type: 'object', kind: 'script', className: '', text: '' } },
    ],
    ['output that is no text', hostMessages.output, output],
    [
      'output with an unknown method',
      hostMessages.output,
      { ...outputText, entries: outputText.entries.replace('"table"', '"eval"') },
    ],
    [
      'too many variables',
      hostMessages.loadModule,
      {
        context: { ...context, variables: Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [at, at])) },
        url: 'u',
      },
    ],
    [
      'a variable with a long name',
      hostMessages.loadModule,
      { context: { ...context, variables: { ['x'.repeat(501)]: 1 } }, url: 'u' },
    ],
    ['a list of variables', hostMessages.loadModule, { context: { ...context, variables: [] }, url: 'u' }],
    ['no object', hostMessages.output, null],
  ])('refuse %s', (_, read, message) => {
    expect(() => read(message)).toThrow(MessageShapeError);
  });

  it('cut a chain of causes that never ends', () => {
    const circular: Record<string, unknown> = { ...error };
    circular['cause'] = circular;
    let levels = 0;
    for (let at = kernelReplies.execute({ ...report, error: circular }).error; at !== undefined; at = at.cause)
      levels += 1;
    expect(levels).toBe(9);
  });

  it('read the names of a namespace from their text', () => {
    const names = [
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
    ];
    const data = (value: unknown): ArrayBuffer => new TextEncoder().encode(JSON.stringify(value)).buffer;
    expect(kernelReplies.list({ data: data(names) })).toEqual(names);
    for (const wrong of [names, { data: 'x' }, { data: data([{ ...names[0], size: 'large' }]) }, { data: data(5) }])
      expect(() => kernelReplies.list(wrong)).toThrow(MessageShapeError);
  });

  it('tell where a message is wrong', () => {
    expect(() =>
      kernelReplies.execute({ ...report, ok: false, error: { ...error, position: { line: 'x', column: 1 } } }),
    ).toThrow('at error.position.line: expected a count, received a string of 1 characters');
  });

  it('read output from its text', () => {
    expect(hostMessages.output(outputText)).toEqual(output);
  });

  it('leave out unknown fields', () => {
    expect(hostMessages.loadModule({ context, url: 'u', extra: 1 })).toEqual({ context, url: 'u' });
  });
});
