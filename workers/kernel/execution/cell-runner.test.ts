import { describe, expect, it } from 'vitest';
import { runExecution } from '../../../src/context/current-context.js';
import { RuntimeContext } from '../../../src/context/runtime-context.js';
import type { CheckpointMessage } from '../../../src/protocol/messages/checkpoint.js';
import type { ExecuteMessage } from '../../../src/protocol/messages/wire.js';
import { HostLink } from '../host-link.js';
import { Namespace } from '../namespace/namespace.js';
import { PendingPromises } from '../namespace/pending-promises.js';
import { intrinsics } from '../realm/intrinsics.js';
import { CellRunner, type RunHooks } from './cell-runner.js';
import { Execution, ExecutionInterruption } from './execution.js';
import { FunctionSources } from './function-sources.js';
import { LoopGuard } from './loop-guard.js';
import { SourceFiles } from './source-files.js';

type Outcome =
  | { readonly end: 'succeeded'; readonly value: unknown; readonly pending: number }
  | { readonly end: 'failed'; readonly thrown: unknown; readonly pending: number }
  | { readonly end: 'refused'; readonly thrown: unknown };

/** A runner of cells without a kernel around it, and what it sends to its host. */
class TestedRunner {
  readonly namespace = new Namespace();
  readonly checkpoints: CheckpointMessage[] = [];
  readonly files = new SourceFiles<Execution>();
  readonly proxies = new WeakSet<object>();
  /** Asked whenever a checkpoint is made. */
  changes: () => string[] = () => [];
  readonly runner: CellRunner;
  #cells = 0;

  constructor() {
    const { namespace } = this;
    const wire = { runId: 'session', correlationId: 'session', variables: {}, metadata: {} };
    const endpoint = {
      call: (method: string, message: unknown) => {
        if (method === 'checkpoint') this.checkpoints.push(message as CheckpointMessage);
        return () => undefined;
      },
    };
    this.runner = new CellRunner({
      document: {
        watch: (scope) => scope,
        isNeeded: false,
        isShown: false,
        before: (_, begin) => begin(),
        loadFor: (module) => module,
      },
      settings: { config: {}, importMap: {}, baseUrl: 'https://page.example/', lateWork: 5_000 },
      namespace,
      pending: new PendingPromises({
        isProxy: (value) => this.proxies.has(value),
        read: (name) => namespace.read(name),
        write: () => undefined,
        onRejected: () => undefined,
      }),
      files: this.files,
      functionSources: new FunctionSources(),
      suspensionBlockers: { changes: () => this.changes() },
      link: new HostLink(
        endpoint as unknown as ConstructorParameters<typeof HostLink>[0],
        RuntimeContext.fromJSON(wire),
      ),
      guard: new LoopGuard({
        interrupt: (execution, error) => execution.interrupt(new ExecutionInterruption(error)),
        cancelled: undefined,
        turns: { busyFor: 0 },
        keepsLoop: () => undefined,
        lateWork: Infinity,
      }),
      isProxy: (value) => this.proxies.has(value),
    });
  }

  execution(message: Partial<ExecuteMessage> = {}): Execution {
    const cell = ++this.#cells;
    const context = { runId: `run-${cell}`, correlationId: 'run', variables: {}, metadata: {} };
    return new Execution({ context, mode: 'async', fileName: `cell-${cell}.ts`, cell, tools: [], ...message }, () =>
      Promise.reject(new Error('there is no tool')),
    );
  }

  /** Settles with the first call of a hook; what it throws itself is up to `replaced`. */
  run(source: string, execution = this.execution(), replaced: Partial<RunHooks> = {}): Promise<Outcome> {
    return new Promise((resolve) => {
      const end = (outcome: Outcome): void => {
        execution.settled = true;
        resolve(outcome);
      };
      const hooks: RunHooks = {
        run: (start) => intrinsics.runOutside(() => runExecution(execution, execution.context, start)),
        succeeded: (value, pending) => end({ end: 'succeeded', value, pending }),
        failed: (thrown, pending) => end({ end: 'failed', thrown, pending }),
        refused: (thrown) => end({ end: 'refused', thrown }),
        ...replaced,
      };
      intrinsics.enter(() => this.runner.run(execution, source, hooks));
    });
  }

  /** Names of the groups in the checkpoints so far. */
  get kept(): string[] {
    return this.checkpoints.flatMap(({ groups }) => groups.flatMap(({ names }) => names));
  }
}

const interruption = (): Error => new ExecutionInterruption({ name: 'CancelledError', message: 'stopped' });

describe('a cell', () => {
  it.each([
    ['1 + 1', 2],
    ['const a = 1', undefined],
    ['await Promise.resolve("later")', 'later'],
    ['let total = 0; for (const n of [1, 2]) total += n; total', 3],
    ['', undefined],
  ])('gives the value of %s', async (source, value) => {
    expect(await new TestedRunner().run(source)).toEqual({ end: 'succeeded', value, pending: 0 });
  });

  it('binds names that later cells read, replace and assign', async () => {
    const cells = new TestedRunner();
    await cells.run('const a: number = 1; let b = 2; function f() { return a + b }');
    await cells.run('b = 5');
    expect(await cells.run('f()')).toMatchObject({ value: 6 });
    await cells.run('const a = 10');
    expect(cells.namespace.read('a')).toBe(10);
    expect(await cells.run('f()')).toMatchObject({ value: 15 });
  });

  it('tells how many of its names hold a promise that has not settled', async () => {
    const cells = new TestedRunner();
    const source = 'const open = new Promise(() => {}); const settled = Promise.resolve(1); const other = open; 7';
    expect(await cells.run(source)).toEqual({ end: 'succeeded', value: 7, pending: 2 });
    expect(cells.runner.blockers()).toEqual(['promises are pending: open, other']);
  });

  it.each(['throw thrown', 'await 0; throw thrown', 'await Promise.reject(thrown)'])(
    'fails with the very value of %s',
    async (source) => {
      const cells = new TestedRunner();
      await cells.run('const thrown = { code: 1 }');
      const outcome = await cells.run(source);
      expect(outcome).toEqual({ end: 'failed', thrown: { code: 1 }, pending: 0 });
      expect(outcome).toHaveProperty('thrown', cells.namespace.read('thrown'));
    },
  );

  it('tells files apart for stack traces', async () => {
    const cells = new TestedRunner();
    const outcome = await cells.run('\n  throw new Error("here")', cells.execution({ fileName: 'named.ts' }));
    const [frame] = cells.files.framesOf((outcome as { thrown: Error }).thrown.stack!);
    expect(frame).toMatchObject({ file: 'named.ts', line: 2 });
  });
});

describe('code that can not be compiled', () => {
  it.each([
    ['const fine = 1;\nlet = 2', { line: 2, column: 1 }],
    ['"unfinished', { line: 1 }],
  ])('is refused at its position: %j', async (source, position) => {
    const cells = new TestedRunner();
    expect(await cells.run(source)).toMatchObject({ end: 'refused', thrown: { name: 'SyntaxError', position } });
    expect(cells.namespace.slots()).toEqual([]);
    expect(cells.checkpoints).toEqual([]);
  });

  it('is code that waits, where it is to run at once', async () => {
    const cells = new TestedRunner();
    const outcome = await cells.run('const a = 1;\na + (await 2)', cells.execution({ mode: 'sync' }));
    expect(outcome).toMatchObject({ end: 'refused', thrown: { position: { line: 2, column: 6 } } });
    expect(await cells.run('1', cells.execution({ mode: 'sync' }))).toMatchObject({ end: 'succeeded', value: 1 });
  });
});

describe('what failed code leaves', () => {
  it('is what it bound before, and names that can be declared anew', async () => {
    const cells = new TestedRunner();
    await cells.run('const before = 1; let changed = 2; changed = 3; null.x; const after = 4');
    expect(['before', 'changed', 'after'].map((name) => cells.namespace.read(name))).toEqual([1, 3, undefined]);
    expect(await cells.run('const after = 5; before + after')).toMatchObject({ end: 'succeeded', value: 6 });
  });

  it('is nothing of its names and values once a transaction is rolled back', async () => {
    const cells = new TestedRunner();
    await cells.run('let balance = { amount: 5 }');
    const snapshot = cells.runner.checkpoints.snapshot();
    expect(await cells.run('balance.amount = 0; const made = 1; balance = 2; throw 3')).toMatchObject({ thrown: 3 });
    intrinsics.enter(() => snapshot.rollBack());
    expect(cells.namespace.read('balance')).toEqual({ amount: 5 });
    expect(await cells.run('typeof made')).toMatchObject({ value: 'undefined' });
  });
});

describe('an interruption', () => {
  it('ends code that waits, which reports nothing after it', async () => {
    const cells = new TestedRunner();
    const execution = cells.execution();
    let release = (): void => undefined;
    cells.namespace.declare('wait', 'const', { settled: true, mode: 'async' }).init = new Promise<void>((done) => {
      release = done;
    });
    const reports: unknown[] = [];
    const outcome = new Promise((resolve) => {
      void cells.run('await wait; globalThis.wentOn = true', execution, {
        succeeded: (value) => reports.push(value),
        failed: (thrown) => {
          reports.push(thrown);
          resolve(thrown);
        },
      });
    });
    const reason = interruption();
    execution.interrupt(reason);
    expect(await outcome).toBe(reason);
    release();
    await cells.run('await wait');
    expect(reports).toEqual([reason]);
  });

  it('is what ends code, whatever that throws then', async () => {
    const cells = new TestedRunner();
    const execution = cells.execution();
    const reason = interruption();
    const outcome = cells.run('await 0; throw "its own"', execution);
    execution.interrupt(reason);
    expect(await outcome).toEqual({ end: 'failed', thrown: reason, pending: 0 });
  });

  it('ends a loop at its time limit', async () => {
    const cells = new TestedRunner();
    const error = { name: 'ExecutionTimeoutError', message: 'too long', stack: '', frames: [] };
    const execution = cells.execution({ timeLimit: { milliseconds: 5, error } });
    expect(await cells.run('for (;;);', execution)).toMatchObject({
      end: 'failed',
      thrown: { name: 'ExecutionTimeoutError' },
    });
  });
});

describe('F3: a throw of the kernel', () => {
  const fault = new Error('a fault of the kernel');
  const fail = (): never => {
    throw fault;
  };

  it('while a value is reported fails the execution', async () => {
    const cells = new TestedRunner();
    expect(await cells.run('1', undefined, { succeeded: fail })).toEqual({ end: 'failed', thrown: fault, pending: 0 });
  });

  it('while a value is reported once its promises are known fails the execution', async () => {
    const cells = new TestedRunner();
    const outcome = cells.run('const open = new Promise(() => {})', undefined, { succeeded: fail });
    expect(await outcome).toEqual({ end: 'failed', thrown: fault, pending: 0 });
  });

  it('while an error is reported fails the execution with the fault', async () => {
    const cells = new TestedRunner();
    const execution = cells.execution();
    const thrown = await new Promise((resolve) => {
      void cells.run('throw "own"', execution, {
        failed: (reason) => {
          if (reason === 'own') fail();
          resolve(reason);
        },
      });
    });
    expect(thrown).toBe(fault);
  });

  it('while what the code left is looked at fails the execution', async () => {
    const cells = new TestedRunner();
    const { has } = cells.proxies;
    cells.proxies.has = fail;
    expect(await cells.run('const held = {}')).toEqual({ end: 'failed', thrown: fault, pending: 0 });
    // The checkpoint is looked at again later.
    cells.proxies.has = has;
  });

  it('before the code starts refuses the execution', async () => {
    const cells = new TestedRunner();
    cells.changes = fail;
    expect(await cells.run('globalThis.started = true')).toEqual({ end: 'refused', thrown: fault });
    expect(globalThis).not.toHaveProperty('started');
  });
});

describe('a checkpoint', () => {
  it('after a cell holds what the cell bound', async () => {
    const cells = new TestedRunner();
    const execution = cells.execution();
    await cells.run('const list = [1, 2]', execution);
    expect(cells.kept).toEqual([]);
    intrinsics.enter(() => cells.runner.checkpoints.ended(execution, execution.usedNames));
    expect(cells.kept).toEqual(['list']);
  });

  it('names what running code declares as lost, until it has ended', async () => {
    const cells = new TestedRunner();
    const first = cells.execution();
    await cells.run('let kept = 1', first);
    intrinsics.enter(() => cells.runner.checkpoints.ended(first));
    const second = cells.execution();
    const outcome = cells.run('kept = 2; const made = await 3', second);
    intrinsics.enter(() => cells.runner.checkpoints.whole());
    expect(cells.checkpoints.at(-1)!.lost.map(({ name }) => name)).toEqual(['made']);
    await outcome;
    intrinsics.enter(() => cells.runner.checkpoints.ended(second));
    expect(cells.checkpoints.at(-1)!.lost).toEqual([]);
    expect(cells.kept).toContain('made');
  });
});
