import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RuntimeContext } from '../../../src/context/runtime-context.js';
import { ImportMapResolver } from '../modules/import-map.js';
import {
  cut,
  maxBundleBytes,
  maxFormStructure,
  maxFormTypeCharacters,
  maxAddressCharacters,
  maxBlockerCharacters,
  maxContextKeys,
  maxErrorMessageCharacters,
  maxErrorNameCharacters,
  maxFrames,
  maxLossesCharacters,
  maxNameCharacters,
  maxNames,
  maxWaitingBytes,
  maxWaitingCalls,
  maxOutputParts,
  maxOutputTextCharacters,
  maxPreviewTextCharacters,
  maxReasonCharacters,
  maxStackCharacters,
  maxStyleCharacters,
  maxTableColumns,
  maxTableRows,
} from '../../../src/protocol/bounds.js';
import { decode, encodeMessage, refusalOf } from '../../../src/protocol/codec/codec.js';
import type { WorkerEndpoint } from '../../../src/protocol/endpoint/worker-endpoint.js';
import type { HostMethods } from '../../../src/protocol/methods.js';
import { joinOutput } from '../../../src/protocol/messages/output-text.js';
import { checkPreview } from '../../../src/protocol/checks/check-preview.js';
import { expandPreview } from '../../../src/protocol/previews/expand-preview.js';
import { makePreview } from '../../../src/protocol/previews/make-preview.js';
import { ValuePreview } from '../../../src/protocol/previews/value-preview.js';
import { hostMessages, kernelReplies } from '../../../src/protocol/checks/message-checks.js';
import type { ExecutionMode, WireContext } from '../../../src/protocol/messages/wire.js';
import { Checkpoints } from '../checkpoint/checkpoints.js';
import { sendableLosses } from '../checkpoint/losses.js';
import { createConsole } from '../console/console.js';
import { SessionOutput } from '../console/session-output.js';
import { Execution } from '../execution/execution.js';
import { sendableError } from '../execution/sendable-error.js';
import { SourceFiles } from '../execution/source-files.js';
import { createToolBindings, type ToolBinding } from '../execution/tool-bindings.js';
import { Displays } from '../display/displays.js';
import { joinBytes } from '../../../src/protocol/codec/join-bytes.js';
import { HostLink } from '../host-link.js';
import { listNames } from '../namespace/list-names.js';
import { Namespace } from '../namespace/namespace.js';
import { typeOf } from '../namespace/type-of.js';

/*
 * F1: whatever the kernel writes, the host reads. Code can cause any of these values; here they are generated, at and
 * beyond each limit, written by the kernel's own writers and read by the host's own checks.
 */

const context: WireContext = { runId: 'r', correlationId: 'r', variables: {}, metadata: {} };
const isProxy = (): boolean => false;
const owner = { settled: true, mode: 'async' as ExecutionMode };

/** As it arrives: written by the codec, admitted by its size, and read with nothing trusted. */
function crossed(message: unknown): unknown {
  const payload = encodeMessage(message, { isProxy });
  expect(refusalOf(payload.text)).toBeUndefined();
  return decode(payload, { checkPreview });
}

const limits = [
  maxNameCharacters,
  maxStyleCharacters,
  maxReasonCharacters,
  maxErrorNameCharacters,
  maxOutputTextCharacters,
  maxErrorMessageCharacters,
  maxPreviewTextCharacters,
  maxStackCharacters,
];

/** Short texts, and texts as long as a limit, one less, one more, or much longer, of characters that are written in one to six. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...limits),
        fc.constantFrom(-1, 0, 1, 5_000),
        fc.constantFrom('x', '"', '\u0001', '你', '\ud83d', '\n', '$c_k'),
      )
      .map(([limit, more, character]) => character.repeat(limit + more).slice(0, limit + more)),
  },
);

class Described {
  constructor(readonly inner: unknown) {}
}

const leaf = fc.oneof(
  text,
  fc.double(),
  fc.bigInt(),
  fc.constant(1n << 100_000n),
  text.map((description) => Symbol(description)),
  text.map((description) => Symbol.for(description)),
  fc.constantFrom(undefined, null, true, new Date(Number.NaN), new Uint8Array(1_000_000), /x/g),
  text.map((name) => ({ [name]: () => name })[name]),
  text.map((name) => class {}.prototype.constructor && Object.defineProperty(class {}, 'name', { value: name })),
  text.map((tag) => ({
    [Symbol.toStringTag]: tag,
    get getter() {
      return tag;
    },
  })),
);

const value = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, tie('container')),
  container: fc.oneof(
    fc.array(tie('value'), { maxLength: 30 }),
    fc.dictionary(text, tie('value'), { maxKeys: 30 }),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 30 }).map((entries) => new Map(entries)),
    fc.array(tie('value'), { maxLength: 30 }).map((values) => new Set(values)),
    tie('value').map((inner) => new Described(inner)),
    tie('value').map((inner) => new ValuePreview(makePreview(inner, { preview: { maxDepth: 4 } }))),
    fc.record({ message: text, cause: tie('value') }).map(({ message, cause }) => new Error(message, { cause })),
    tie('value').map((inner) => Promise.resolve(inner)),
    tie('value').map((inner) => {
      const circular: unknown[] = [inner];
      circular.push(circular);
      return circular;
    }),
  ),
})).value;

const files = new SourceFiles();
const source = files.sourceNameFor('cell.ts');
files.addCell(source, { originalPosition: (position) => position }, '你'.repeat(maxNameCharacters));
files.add(`https://a/${'x'.repeat(maxAddressCharacters)}`, { originalPosition: (position) => position });
const previewOptions = { isProxy, framesOf: (stack: string) => files.framesOf(stack), handleFor: () => 'h'.repeat(20) };

const frame = fc
  .tuple(text, fc.constantFrom(source, `https://a/${'x'.repeat(maxAddressCharacters)}`, 'other.js'), fc.nat(), fc.nat())
  .map(([name, file, line, column]) => `${name.replaceAll(/[@\n]/g, '')}@${file}:${line}:${column}`);
const stack = fc.oneof(
  text,
  fc.array(frame, { maxLength: 20 }).map((frames) => frames.join('\n')),
  frame.map((one) => Array.from({ length: maxFrames + 1 }, () => one).join('\n')),
  fc.constant(`f@${source}:99999999999999999999:1e9\nf@${source}:9${'9'.repeat(400)}:1`),
);
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-1, Number.NaN, 1.5, 1e300, '1', null, {}));

function errorOf(shape: Record<string, unknown>): Error {
  const error = new Error('x');
  // The engine writes the stack when it is first touched, and asks for name and message then.
  void error.stack;
  for (const [key, field] of Object.entries(shape))
    Object.defineProperty(error, key, typeof field === 'function' ? { get: field as () => unknown } : { value: field });
  return error;
}

const throws = fc.constant((): never => {
  throw new Error('a getter');
});
const error = fc.letrec((tie) => ({
  error: fc
    .record(
      {
        name: fc.oneof(text, throws, fc.constant(5)),
        message: fc.oneof(text, throws),
        stack: fc.oneof(stack, throws),
        position: fc.oneof(fc.record({ line: number, column: number, length: number }), throws, text),
        cause: fc.oneof({ maxDepth: 12, depthSize: 'max' }, leaf, tie('error')),
      },
      { requiredKeys: [] },
    )
    .map(errorOf),
})).error;

const sendable = (thrown: unknown): ReturnType<typeof sendableError> =>
  sendableError(thrown, {
    isProxy,
    framesOf: previewOptions.framesOf,
    isOfCell: (one) => files.unitOf(one)?.isCell === true,
    describe: (one) => makePreview(one, previewOptions).text,
  });

describe('F1: whatever the kernel writes, the host reads', { timeout: 120_000 }, () => {
  const runs = { numRuns: 100 };

  it('previews, and what they expand to', () => {
    fc.assert(
      fc.property(value, (one) => {
        kernelReplies.expand(crossed(makePreview(one, previewOptions)));
        if (typeof one !== 'object' || one === null) return;
        const expanded = expandPreview(one, previewOptions);
        kernelReplies.expand(crossed(expanded));
        kernelReplies.expand(crossed(makePreview({ one: new ValuePreview(expanded) }, previewOptions)));
      }),
      runs,
    );
  });

  it('previews that travelled to and fro, each time inside another value', () => {
    let one: unknown = new Described(1);
    for (let trip = 0; trip < 20; trip++) {
      const preview = kernelReplies.expand(crossed(makePreview({ one, list: [one] }, { preview: { maxDepth: 3 } })));
      one = new ValuePreview(preview);
    }
  });

  it('reports of executions, with values and errors', () => {
    fc.assert(
      fc.property(value, fc.oneof(error, value), (result, thrown) => {
        const report = {
          ok: false,
          value: result,
          preview: makePreview(result, previewOptions),
          duration: 1,
          pending: 0,
        };
        const read = kernelReplies.execute(crossed({ ...report, error: sendable(thrown) }));
        expect(read.error?.name).not.toBe('');
      }),
      runs,
    );
  });

  it('output of every method of the console', () => {
    const method = fc.constantFrom(
      ...(['log', 'warn', 'trace', 'assert', 'group', 'dir', 'count', 'timeLog', 'table'] as const),
    );
    const format = fc
      .tuple(fc.array(fc.constantFrom('%c', '%s', '%o', '%d', '%j', '%%', '%', 'x'), { maxLength: 5 }), fc.nat(400))
      .map(([parts, times]) => parts.join('').repeat(times));
    fc.assert(
      fc.property(method, fc.array(fc.oneof(format, value, error), { maxLength: 150 }), (name, args) => {
        const sent: string[] = [];
        const output = new SessionOutput({
          send: (entries) => sent.push(joinOutput(entries)),
          schedule: () => undefined,
          preview: (one) => makePreview(one, previewOptions),
          callerFrames: () => files.framesOf(`f@${source}:1:1\n`.repeat(1_000)),
        });
        const console = createConsole({
          write: (entry) => output.write(undefined, entry),
          preview: (one) => output.preview(one),
          isProxy,
          callerFrames: () => output.callerFrames(),
          changeGroupDepth: () => undefined,
          now: () => 0,
        });
        const texts = ['count', 'timeLog'].includes(name) ? args.filter((one) => typeof one === 'string') : args;
        (console[name] as (...values: unknown[]) => void)(...texts);
        output.writePlain(undefined, 'log', args);
        output.whenSent(() => undefined);
        for (const entries of sent) hostMessages.output(crossed({ context, entries }));
      }),
      runs,
    );
  });

  it.each([
    [
      'a format with three hundred styles',
      'log',
      ['%cx'.repeat(300), ...Array.from({ length: 300 }, () => 'color: red')],
    ],
    ['more arguments than parts', 'log', Array.from({ length: 10 * maxOutputParts }, (_, at) => at)],
    ['a long style', 'log', ['%cx', 'x'.repeat(maxStyleCharacters + 1)]],
    ['a table of too many rows', 'table', [Array.from({ length: maxTableRows + 1 }, () => ({ a: 1 }))]],
    [
      'a table of too many columns',
      'table',
      [[Object.fromEntries(Array.from({ length: maxTableColumns + 1 }, (_, at) => [`c${at}`, at]))]],
    ],
    ['a table of chosen columns', 'table', [[{ a: 1 }], Array.from({ length: 500 }, (_, at) => 'x'.repeat(600 + at))]],
    ['a table with long names', 'table', [{ ['x'.repeat(30_000)]: { ['y'.repeat(30_000)]: 'z'.repeat(30_000) } }]],
  ] as const)('%s', (_, name, args) => {
    const sent: string[] = [];
    const output = new SessionOutput({
      send: (entries) => sent.push(joinOutput(entries)),
      schedule: () => undefined,
      preview: (one) => makePreview(one, previewOptions),
      callerFrames: () => [],
    });
    const console = createConsole({
      write: (entry) => output.write(undefined, entry),
      preview: (one) => output.preview(one),
      isProxy,
      callerFrames: () => [],
      changeGroupDepth: () => undefined,
      now: () => 0,
    });
    (console[name] as (...values: readonly unknown[]) => void)(...args);
    output.whenSent(() => undefined);
    expect(hostMessages.output(crossed({ context, entries: sent[0] })).entries).toHaveLength(1);
  });

  it('bundles of display', () => {
    const form = fc.oneof(
      text,
      value,
      fc.array(text),
      fc.uint8Array(),
      fc.constantFrom('x'.repeat(maxBundleBytes), 'x'.repeat(maxBundleBytes + 1), [
        ...'x'.repeat(maxFormStructure + 1),
      ]),
    );
    const type = fc.oneof(
      fc.constantFrom(
        'text/html',
        'text/plain',
        'image/png',
        'application/json',
        'a/b+json',
        '__proto__',
        'a/__proto__',
      ),
      text,
      text.map((name) => `text/${name}`),
      fc.constant(`text/${'x'.repeat(maxFormTypeCharacters)}`),
    );
    const bundles = fc.array(fc.tuple(type, form), { maxLength: 30 }).map(Object.fromEntries);
    fc.assert(
      fc.property(fc.array(bundles, { maxLength: 5 }), fc.array(value, { maxLength: 5 }), (all, records) => {
        const messages: { entries: string; data: ArrayBuffer }[] = [];
        const output = new SessionOutput({
          send: (entries, _, data) => messages.push({ entries: joinOutput(entries), data: joinBytes(data) }),
          schedule: () => undefined,
          preview: (one) => makePreview(one, previewOptions),
          callerFrames: () => [],
        });
        const displays = new Displays({
          write: (execution, entry) => output.write(execution, entry),
          preview: (one) => output.preview(one),
          isProxy,
          document: () => ({
            isComponent: () => false,
            show: () => Promise.resolve(undefined),
            replaced: () => undefined,
          }),
          ambientExecution: () => undefined,
        });
        for (const bundle of all) displays.display([bundle, { raw: true }]).update(records);
        displays.display([records]);
        displays.displayProgress(records);
        output.whenSent(() => undefined);
        for (const message of messages)
          for (const { bundle = {} } of hostMessages.output(crossed({ context, ...message })).entries)
            // What is JSON is parsed when it is read.
            expect(() => Object.values(bundle)).not.toThrow();
      }),
      { numRuns: 30 },
    );
  });

  it('output of more executions than a message has entries', () => {
    const sent: string[] = [];
    const output = new SessionOutput({
      send: (entries) => sent.push(joinOutput(entries)),
      schedule: () => undefined,
      preview: () => ({ type: 'null', text: 'null' }),
      callerFrames: () => [],
    });
    for (let run = 0; run < 10_000; run++)
      output.write({ id: `run-${run}`, groupDepth: 0 } as Execution, {
        method: 'log',
        level: 'log',
        parts: [],
        text: '',
      });
    output.discard();
    for (const entries of sent) hostMessages.output(crossed({ context, entries }));
  });

  it('output in very many groups', () => {
    const tasks: (() => void)[] = [];
    const sent: string[] = [];
    const output = new SessionOutput({
      send: (entries) => sent.push(joinOutput(entries)),
      schedule: (task) => tasks.push(task),
      preview: () => ({ type: 'null', text: 'null' }),
      callerFrames: () => [],
    });
    const deep = { id: 'run', groupDepth: 10_000 } as Execution;
    output.write(deep, { method: 'group', level: 'log', parts: [], text: '' });
    expect(output.writePlain(deep, 'log', ['plain'])).toBe(true);
    for (const task of tasks) task();
    const read = sent.flatMap((entries) => hostMessages.output(crossed({ context, entries })).entries);
    expect(read.map(({ depth }) => depth)).toEqual([50, 50]);
  });

  /** Names of code: identifiers, some as long as they may be. */
  const names = fc.oneof(
    fc.uniqueArray(fc.stringMatching(/^[a-z$_]\w{0,9}$/), { maxLength: 30 }),
    fc.constant(['x'.repeat(maxNameCharacters), '你'.repeat(maxNameCharacters)]),
  );

  it('lists of names', () => {
    fc.assert(
      fc.property(names, fc.array(fc.oneof(value, error), { minLength: 1, maxLength: 10 }), (all, values) => {
        const namespace = new Namespace();
        all.forEach((name, at) => {
          namespace.declare(name, 'let', owner).init = values[at % values.length];
        });
        const listed = kernelReplies.list(crossed(list(namespace)));
        expect(listed.map(({ name }) => name)).toEqual(all);
      }),
      runs,
    );
  });

  it('as many names as there may be, each as large as it may be', () => {
    const namespace = new Namespace();
    for (let at = 0; at < maxNames; at++)
      namespace.declare(`函数${at}`.padEnd(13, '_'), 'function', owner).init = Object.assign(new Uint8Array(9), { at });
    expect(() => namespace.declare('another', 'let', owner)).toThrow(RangeError);
    expect(kernelReplies.list(crossed(list(namespace)))).toHaveLength(maxNames);
    const all = namespace.slots().map(({ name }) => name);
    kernelReplies.restore(
      crossed({ restored: all, lost: sendableLosses(all.map((name) => ({ name, reason: '\u0001'.repeat(9_000) }))) }),
    );
    expect(JSON.stringify(sendableLosses(all.map((name) => ({ name, reason: 'x' })))).length).toBeLessThan(
      maxLossesCharacters,
    );
  });

  it('many names with large values', () => {
    const namespace = new Namespace();
    for (let at = 0; at < 1_500; at++) namespace.declare(`name${at}`, 'const', owner).init = 'x'.repeat(9_000);
    expect(kernelReplies.list(crossed(list(namespace)))).toHaveLength(1_500);
  });

  it('refuses a name that is too long, or more characters of names than there may be', () => {
    const namespace = new Namespace();
    expect(() => namespace.declare('x'.repeat(maxNameCharacters + 1), 'let', owner)).toThrow(RangeError);
    const declareAll = (): void => {
      for (let at = 0; at < 2_000; at++) namespace.declare(`x${at}`.padEnd(maxNameCharacters, 'x'), 'let', owner);
    };
    expect(declareAll).toThrow('characters together');
    expect(kernelReplies.list(crossed(list(namespace)))).toEqual([]);
    namespace.declare('still', 'let', owner);
  });

  it('checkpoints', () => {
    fc.assert(
      fc.property(names, fc.array(fc.oneof(value, error), { minLength: 1, maxLength: 10 }), (all, values) => {
        const namespace = new Namespace();
        const sent: unknown[] = [];
        const checkpoints = checkpointsOf(namespace, (update) => sent.push(update));
        all.forEach((name, at) => {
          namespace.declare(name, 'let', owner).init = values[at % values.length];
        });
        checkpoints.whole();
        for (const update of sent) hostMessages.checkpoint(crossed({ context, ...(update as object) }));
      }),
      runs,
    );
  });

  it('a checkpoint of as many names as there may be', () => {
    const namespace = new Namespace();
    const sent: unknown[] = [];
    const checkpoints = checkpointsOf(namespace, (update) => sent.push(update));
    for (let at = 0; at < maxNames; at++)
      namespace.declare(`n${at}`, 'let', owner).init = at % 2 === 0 ? { at } : new WeakMap();
    checkpoints.whole();
    const read = sent.map((update) => hostMessages.checkpoint(crossed({ context, ...(update as object) })));
    const kept = read.flatMap(({ groups }) => groups.flatMap((group) => group.names));
    expect(new Set([...kept, ...read.at(-1)!.lost.map(({ name }) => name)]).size).toBe(maxNames);
  });

  it.each([[{ count: maxWaitingCalls, bytes: 0 }], [{ count: 1, bytes: maxWaitingBytes }]])(
    'F1: a further call of a tool beside %o that wait is rejected',
    async (waiting) => {
      await expect(call('echo', 1, {}, waiting)).rejects.toThrow(
        new RangeError('At most 50000 tool calls wait, with 256 MiB. Await some of them before you make more.'),
      );
    },
  );

  it('calls of tools: names, arguments, and contexts that code added to', async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        value,
        fc.dictionary(text, fc.string(), { maxKeys: 20 }),
        async (name, args, variables) => {
          const sent = await call(name, args, variables).catch((refusal: unknown) => {
            expect(['RangeError', 'ContextValueError']).toContain((refusal as Error).name);
          });
          if (sent !== undefined) hostMessages.callTool(crossed(sent));
        },
      ),
      runs,
    );
    const many = Object.fromEntries(Array.from({ length: maxContextKeys + 1 }, (_, at) => [`v${at}`, at]));
    await expect(call('t', 1, many)).rejects.toThrow(RangeError);
    await expect(call('t', 1, { ['v'.repeat(maxNameCharacters + 1)]: 1 })).rejects.toThrow(RangeError);
    expect(hostMessages.callTool(crossed(await call('t'.repeat(600), 1, {}))).name).toHaveLength(maxNameCharacters);
  });

  it('addresses of modules', () => {
    const resolver = new ImportMapResolver({ imports: { 'lib/': 'https://cdn.example/' } }, 'https://docs.example/');
    fc.assert(
      fc.property(fc.constantFrom('https://a/', './', 'lib/', 'data:text/javascript,'), text, (prefix, path) => {
        let url: string;
        try {
          url = resolver.resolve(prefix + path);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(TypeError);
          return;
        }
        hostMessages.loadModule(crossed({ context, url }));
      }),
      runs,
    );
    expect(() => resolver.resolve(`https://a/${'x'.repeat(maxAddressCharacters)}`)).toThrow('its address has');
  });

  it('reasons why a worker is kept', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 10 }), (reasons) => {
        kernelReplies.blockers(crossed({ blockers: reasons.map((reason) => cut(reason, maxBlockerCharacters)) }));
      }),
      runs,
    );
  });
});

function list(namespace: Namespace): ReturnType<typeof listNames> {
  return listNames(
    namespace.slots().filter((slot) => slot.isInitialised),
    {
      preview: (one) => makePreview(one, previewOptions),
      briefPreview: (one) => makePreview(one, { ...previewOptions, preview: { maxDepth: 0, maxString: 200 } }),
      typeOf: (one) => typeOf(one, isProxy),
      isPending: () => false,
    },
  );
}

function checkpointsOf(namespace: Namespace, send: (update: unknown) => void): Checkpoints {
  return new Checkpoints({
    namespace,
    realm: globalThis,
    isProxy,
    originOf: () => undefined,
    toolPath: () => undefined,
    changes: () => [],
    send,
    now: () => 0,
    later: () => ({ cancel: () => undefined }),
  });
}

/** The message of a tool call from code with these context variables; `undefined` for a name that no tool can have. */
async function call(
  name: string,
  args: unknown,
  variables: Record<string, unknown>,
  waiting = { count: 0, bytes: 0 },
): Promise<unknown> {
  let sent: unknown;
  const endpoint: WorkerEndpoint<HostMethods> = {
    call: (method, message) => {
      if (method === 'callTool') sent = message;
      return () => undefined;
    },
    close: () => undefined,
    pendingCount: 0,
    waiting,
  };
  const message = { context: { ...context, variables }, mode: 'async' as const, fileName: 'a.ts', cell: 1, tools: [] };
  const link = new HostLink(endpoint, new RuntimeContext());
  const execution = new Execution(message, (path, given) => link.callTool(execution, path, given));
  const tools = createToolBindings([], (path, given) => link.callTool(execution, path, given));
  const binding = tools[name] as ToolBinding | undefined;
  if (typeof binding !== 'function') return undefined;
  const answer = binding(args);
  // The call gets no answer, but a refusal rejects at once.
  await Promise.race([answer, new Promise((resolve) => setTimeout(resolve))]);
  return sent;
}
