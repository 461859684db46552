import { CodemodeConsole } from '../../../src/elements/console/console.js';
import '../../../src/elements/inspector/inspector.js';
import '../../../src/elements/namespace-panel/namespace-panel.js';
import { define } from '../../../src/elements/shared/define.js';
import { RunPresenter } from '../../../src/elements/run/run-presenter.js';
import { Codemode } from '../../../src/sdk/index.js';

define('codemode-console', CodemodeConsole);

/** What `bench/page/run.mjs` calls in the page: runs code and shows all that comes of it, as the playground does. */

export interface Shown {
  /** Nodes of the console and of the variables, and their characters. */
  readonly nodes: number;
  readonly characters: number;
  /** All that the console and the variables show. */
  readonly text: string;
}

/** Marks in the trace, between which the page's tasks count. */
const begin = 'shown-begin';
const end = 'shown-end';

const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

async function twoFrames(): Promise<void> {
  await nextFrame();
  await nextFrame();
  await new Promise((resolve) => setTimeout(resolve));
}

function openCodemode(): Codemode {
  const codemode = new Codemode({
    runnerUrl: '/runner.html',
    limits: { codeTimeout: 60_000, requestTimeout: 120_000 },
  });
  codemode.registry.registerTool('echo', (args: unknown) => args);
  return codemode;
}

function countOf(root: Node): { nodes: number; text: string } {
  let nodes = 0;
  let text = '';
  const visit = (node: Node): void => {
    nodes++;
    if (node instanceof Text && node.parentElement?.localName !== 'style') text += node.data;
    for (const child of node.childNodes) visit(child);
    if (node instanceof Element && node.shadowRoot !== null) visit(node.shadowRoot);
  };
  visit(root);
  return { nodes, text };
}

async function show(code: string, fileName = 'cell.ts'): Promise<Shown> {
  const codemode = openCodemode();
  const session = codemode.session('shown');
  const view = document.createElement('codemode-console');
  const variables = document.createElement('codemode-namespace-panel');
  document.body.append(view, variables);
  const { log } = view;
  const presenter = new RunPresenter(Promise.resolve(session), { onStrayOutput: (entry) => log.addOutput(entry) });
  try {
    const request = { fileName: 'first.ts', context: {}, log };
    await presenter.run({ ...request, code: `console.log({ a: 1 }); console.table([1]); 1` });
    await view.updateComplete;
    performance.mark(begin);
    await presenter
      .run({ ...request, code, fileName, source: 'editor' })
      .catch((error: unknown) => console.warn(error));
    await view.updateComplete;
    variables.entries = await session.namespace.list();
    await variables.updateComplete;
    await twoFrames();
    performance.mark(end);
    const counts = [countOf(view), countOf(variables)];
    const text = counts.map((count) => count.text).join('');
    return { nodes: counts.reduce((sum, { nodes }) => sum + nodes, 0), characters: text.length, text };
  } finally {
    presenter.dispose();
    view.remove();
    variables.remove();
    await codemode.close();
  }
}

/** Shows a text in a plain element of the width and the font of the console, and nothing else: what the browser itself needs for it. */
async function bare(text: string): Promise<object> {
  const view = document.createElement('pre');
  view.style.cssText =
    'margin: 0; font: 12px / 18px ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere';
  document.body.append(view);
  await twoFrames();
  performance.mark(begin);
  view.textContent = text;
  await twoFrames();
  performance.mark(end);
  view.remove();
  return {};
}

interface Beside {
  /** What the flood ended with. */
  readonly outcome: string;
  /** Milliseconds of each round trip of the other session meanwhile. */
  readonly trips: readonly number[];
}

/** Runs code in one session, and small executions in another as long as it takes. */
async function beside(code: string): Promise<Beside> {
  const codemode = openCodemode();
  const flood = codemode.session('flood');
  const other = codemode.session('other');
  await Promise.all([flood.execute('1'), other.execute('1')]);
  const trips: number[] = [];
  let outcome: string | undefined;
  try {
    performance.mark(begin);
    const flooded = flood.execute(code).then((result) => {
      outcome = result.ok ? String(result.value) : `${result.error?.name}: ${result.error?.message}`;
    });
    while (outcome === undefined) {
      const started = performance.now();
      await other.execute('await tools.echo(1)');
      trips.push(performance.now() - started);
    }
    await flooded;
    performance.mark(end);
    return { outcome, trips: trips.sort((one, next) => next - one) };
  } finally {
    await codemode.close();
  }
}

const bench = { show, bare, beside };

Object.assign(globalThis, { bench });
