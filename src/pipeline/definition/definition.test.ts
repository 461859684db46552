import { describe, expect, it } from 'vitest';
import { PipelineDefinitionError } from '../errors/definition-errors.js';
import { definePipeline, loadPipeline } from '../pipeline.js';
import type { Step } from './step.js';
import { conditional, loop, map, parallel, stub, task } from './steps.js';

const one = task('one', { run: () => 1, returns: 'one' });
const add = ({ one: n }: { one: number }): number => n + 1;

const problemOf = (define: () => unknown): unknown => {
  try {
    define();
  } catch (error) {
    expect(error).toBeInstanceOf(PipelineDefinitionError);
    const { code, node, path } = error as PipelineDefinitionError;
    return { code, node, path };
  }
  return undefined;
};

const loose = (steps: unknown): readonly Step[] => steps as readonly Step[];

describe('D6 a definition', () => {
  it.each<[string, () => unknown, { code: string; node: string; path: string }]>([
    [
      'two steps of one name',
      () => definePipeline('p', [one, one]),
      { code: 'duplicate-name', node: 'one', path: 'one' },
    ],
    [
      'two steps of one name in a branch',
      () => definePipeline('p', [parallel('x', { left: [one, stub('one')] })]),
      { code: 'duplicate-name', node: 'one', path: 'x/left/one' },
    ],
    [
      'a loop without a maximum',
      () => definePipeline('p', [map('m', { over: 'a', as: 'b' }, [loop('l', { until: 'x' } as never, [one])])]),
      { code: 'missing-maximum', node: 'l', path: 'm/l' },
    ],
    [
      'a loop with a maximum of none',
      () => definePipeline('p', [loop('l', { until: 'x', max: 0 }, [one])]),
      { code: 'invalid-option', node: 'l', path: 'l' },
    ],
    [
      'an unknown branch',
      () => definePipeline('p', [conditional('c', { on: 'a', branches: { b: [one] }, otherwise: 'd' as 'b' })]),
      { code: 'unknown-branch', node: 'c', path: 'c' },
    ],
    ['no steps', () => definePipeline('p', []), { code: 'no-steps', node: 'p', path: '' }],
    [
      'an empty branch',
      () => definePipeline('p', [parallel('x', { left: [] })]),
      { code: 'no-steps', node: 'x', path: 'x/left' },
    ],
    [
      'a name with a slash',
      () => definePipeline('p', [stub('a/b')]),
      { code: 'invalid-name', node: 'a/b', path: 'a/b' },
    ],
    ['a pipeline without a name', () => definePipeline('', [one]), { code: 'invalid-name', node: '', path: '' }],
    [
      'neither function nor code',
      () => definePipeline('p', loose([task('t', {} as never)])),
      { code: 'invalid-option', node: 't', path: 't' },
    ],
    [
      'function and code',
      () => definePipeline('p', loose([task('t', { run: add, code: '1' } as never)])),
      { code: 'invalid-option', node: 't', path: 't' },
    ],
    [
      'a misspelled option',
      () => definePipeline('p', loose([task('t', { run: add, retry: 1 } as never)])),
      { code: 'unknown-option', node: 't', path: 't' },
    ],
    [
      'an unknown kind',
      () => definePipeline('p', loose([{ kind: 'while', name: 'w' }])),
      { code: 'unknown-kind', node: 'w', path: 'w' },
    ],
    ['a step that is none', () => definePipeline('p', loose([5])), { code: 'invalid-step', node: 'p', path: '0' }],
    [
      'a step on failure that is wrong',
      () => definePipeline('p', [stub('s', { onFailure: [stub('a'), stub('a')] })]),
      { code: 'duplicate-name', node: 'a', path: 's/@onFailure/a' },
    ],
  ])('is refused at once: %s', (_, define, problem) => {
    expect(problemOf(define)).toEqual(problem);
  });

  it('names the step and its place, and has all problems', () => {
    const define = (): unknown =>
      definePipeline('sales', [one, one, loop('l', { until: 'x' } as never, [stub('a/b')])]);
    expect(define).toThrow(
      'The pipeline "sales" can\'t be defined: there are two steps called "one" at "one". There are 2 more problems.',
    );
  });

  it('is refused when a step contains itself', () => {
    const steps: unknown[] = [];
    const step = { kind: 'loop', name: 'l', until: 'x', max: 1, onMax: 'continue', steps };
    steps.push(step);
    expect(problemOf(() => definePipeline('p', loose([step])))).toEqual({
      code: 'invalid-step',
      node: 'l',
      path: 'l/l',
    });
  });
});

const whole = definePipeline(
  'whole',
  [
    task('load', { run: add, secrets: ['KEY'], retries: 2, backoff: { base: 5 }, timeout: 100, returns: 'one' }),
    task('cell', { code: 'one + 1', returns: 'two' }),
    parallel('both', { left: [stub('a')], right: [stub('b')] }, { concurrency: 1 }),
    map('each', { over: 'list', as: 'item', reduce: (all) => all.length }, [stub('c')]),
    conditional('gate', { on: 'kind', branches: { big: [stub('d')], small: [stub('e')] }, otherwise: 'small' }),
    loop('again', { until: 'done', max: 3 }, [task('t', { run: () => ({ done: true }), onFailure: [stub('f')] })]),
  ],
  { onFailure: [stub('tell')] },
);

describe('D6 a definition as data', () => {
  it('is JSON, in which functions are named', () => {
    expect(JSON.parse(JSON.stringify(whole))).toEqual({
      version: 1,
      name: 'whole',
      steps: [
        {
          kind: 'task',
          name: 'load',
          run: 'add',
          secrets: ['KEY'],
          retries: 2,
          backoff: { base: 5 },
          timeout: 100,
          returns: 'one',
        },
        { kind: 'task', name: 'cell', code: 'one + 1', returns: 'two' },
        {
          kind: 'parallel',
          name: 'both',
          branches: { left: [{ kind: 'stub', name: 'a' }], right: [{ kind: 'stub', name: 'b' }] },
          concurrency: 1,
        },
        {
          kind: 'map',
          name: 'each',
          over: 'list',
          as: 'item',
          reduce: 'each.reduce',
          steps: [{ kind: 'stub', name: 'c' }],
        },
        {
          kind: 'conditional',
          name: 'gate',
          on: 'kind',
          branches: { big: [{ kind: 'stub', name: 'd' }], small: [{ kind: 'stub', name: 'e' }] },
          otherwise: 'small',
        },
        {
          kind: 'loop',
          name: 'again',
          until: 'done',
          max: 3,
          steps: [{ kind: 'task', name: 't', run: 'again/t', onFailure: [{ kind: 'stub', name: 'f' }] }],
        },
      ],
      onFailure: [{ kind: 'stub', name: 'tell' }],
    });
  });

  it('is loaded from JSON with the functions that it names, and is the same again', async () => {
    const text = JSON.stringify(whole);
    const functions = {
      add,
      'each.reduce': (all: readonly unknown[]) => all.length,
      'again/t': () => ({ done: true }),
    };
    const loaded = await loadPipeline(text, { functions });
    expect(JSON.stringify(loaded)).toBe(text);
    const outcome = await loaded.start({
      parameters: { one: 1, list: [1, 2], kind: 'big' },
      secrets: { KEY: 'k' },
    }).finished;
    // It has no codemode for the cell.
    expect(outcome).toMatchObject({ status: 'fail', parameters: { one: 2 }, error: { name: 'ParameterError' } });
    await expect(loadPipeline(text, { functions: { add } })).rejects.toMatchObject({
      code: 'unknown-function',
      node: 'each',
      path: 'each',
    });
  });

  it('is loaded from YAML', async () => {
    const text = `
name: sales
steps:
  - kind: task
    name: load
    run: load
    returns: rows
  - kind: map
    name: each
    over: rows
    as: row
    steps:
      - kind: task
        name: double
        run: double
        returns: twice
`;
    const functions = { load: () => [1, 2], double: ({ row }: { row: number }) => row * 2 };
    const sales = await loadPipeline(text, { functions });
    expect((await sales.start().finished).parameters).toMatchObject({ twice: [2, 4] });
    await expect(loadPipeline('name: [', {})).rejects.toThrow();
    await expect(loadPipeline('5', {})).rejects.toMatchObject({ code: 'invalid-name' });
    await expect(loadPipeline({ name: 'p', version: 2, steps: [] })).rejects.toThrow('version 2 is not 1');
    await expect(loadPipeline({ name: 'p', step: [] })).rejects.toThrow('a pipeline has no "step"');
  });

  it('is a flowchart of Mermaid', () => {
    expect(whole.toMermaid().split('\n')).toEqual([
      'flowchart TD',
      '  s0["load"]',
      '  s1["cell"]',
      '  s2[["both (parallel)"]]',
      '  subgraph s2in ["both"]',
      '    s3["a (stub)"]',
      '    s4["b (stub)"]',
      '  end',
      '  s5[["each (map)"]]',
      '  subgraph s5in ["each"]',
      '    s6["c (stub)"]',
      '  end',
      '  s7{"gate (conditional)"}',
      '  subgraph s7in ["gate"]',
      '    s8["d (stub)"]',
      '    s9["e (stub)"]',
      '  end',
      '  s10(["again (loop)"])',
      '  subgraph s10in ["again"]',
      '    s11["t"]',
      '    subgraph s11in ["t"]',
      '      s12["f (stub)"]',
      '    end',
      '  end',
      '  s13["tell (stub)"]',
      '  s0 --> s1',
      '  s1 --> s2',
      '  s2 -- "left" --> s3',
      '  s2 -- "right" --> s4',
      '  s2 --> s5',
      '  s5 --> s6',
      '  s5 --> s7',
      '  s7 -- "big" --> s8',
      '  s7 -- "small" --> s9',
      '  s7 --> s10',
      '  s10 --> s11',
      '  s11 -. on failure .-> s12',
    ]);
  });

  it('is a graph, with the states of a run', async () => {
    const p = definePipeline('p', [
      map('each', { over: 'all', as: 'n' }, [
        task('t', {
          run: ({ n }: { n: number }) => {
            if (n > 1) throw new Error('too large');
          },
        }),
      ]),
      stub('never'),
    ]);
    const { log } = await p.start({ parameters: { all: [1, 2] } }).finished;
    const { nodes, edges } = p.graph(log);
    expect(nodes.map(({ id, kind, parent, status, runs }) => [id, kind, parent, status, runs.length])).toEqual([
      ['each', 'map', undefined, 'fail', 1],
      ['each/t', 'task', 'each', 'fail', 2],
      ['never', 'stub', undefined, 'created', 0],
    ]);
    expect(edges).toEqual([
      { from: 'each', to: 'each/t', kind: 'enter' },
      { from: 'each', to: 'never', kind: 'next' },
    ]);
    expect(p.graph().nodes).toHaveLength(3);
  });
});
