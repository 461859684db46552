import { createRequire } from 'node:module';
import { runInThisContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { activations } from '../../../context/activations/activations.js';
import { compileCell } from '../../cell.js';
import type { JsxOptions } from '../jsx-options.js';

/*
 * Programs with elements, and what they are evaluated to by functions that record how elements are made.
 */

/** What the programs read. `note` records its argument, so that the order of evaluation shows. */
const readerScope = (events: unknown[]): Record<string, unknown> => ({
  Foo: 'component Foo',
  ns: { Bar: 'component Bar', deep: { Baz: 'component Baz' } },
  _x: 'component _x',
  $: 'component $',
  k: 'K',
  obj: { a: 1, key: 'from obj' },
  list: ['l1', 'l2'],
  note: (value: unknown) => {
    events.push(value);
    return value;
  },
});

const record =
  (maker: string) =>
  (...args: unknown[]): unknown => ({ maker, args });

const react = { createElement: record('createElement'), Fragment: 'fragment' };
const modules: Readonly<Record<string, object>> = {
  react,
  'react/jsx-runtime': { jsx: record('jsx'), jsxs: record('jsxs'), Fragment: 'fragment' },
};

/** A value as text, with the order of properties; functions by their names. */
function textOfValue(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'function'
      ? `function ${item.name}`
      : item === undefined
        ? 'undefined'
        : typeof item === 'object' && item !== null && !Array.isArray(item)
          ? Object.entries(item)
          : item,
  );
}

/** The value of a cell, compiled here. Free names are those of the programs, and of `React`. */
export async function cellValue(source: string, jsx?: JsxOptions): Promise<string> {
  const events: unknown[] = [];
  const scope = { React: react, ...readerScope(events) };
  const { code, links } = compileCell(
    source,
    { kind: () => undefined },
    { fileName: 'cell.tsx', elements: true, ...(jsx && { jsx }) },
  );
  const runtime = {
    value: undefined as unknown,
    activations,
    late: (name: string) => (scope as Record<string, unknown>)[name],
    imports: () => Promise.resolve(links.requests.map(({ specifier }) => ({ bindings: modules[specifier] }))),
  };
  await (runInThisContext(code) as (given: typeof runtime) => Promise<void>)(runtime);
  return textOfValue([runtime.value, events]);
}

/** The value of the same expression, compiled to CommonJS by others. */
function valueOf(commonJs: string): string {
  const events: unknown[] = [];
  const scope = { React: react, ...readerScope(events) };
  const module = { exports: {} as { value?: unknown } };
  const names = Object.keys(scope);
  // oxlint-disable-next-line typescript/no-implied-eval -- it is the point
  const run = new Function('require', 'module', 'exports', ...names, commonJs) as (...args: unknown[]) => void;
  run((specifier: string) => modules[specifier], module, module.exports, ...Object.values(scope));
  return textOfValue([module.exports.value, events]);
}

type Runtime = 'automatic' | 'classic';

export function esbuildValue(expression: string, runtime: Runtime): string {
  const jsx = runtime === 'automatic' ? 'automatic' : 'transform';
  return valueOf(
    transformSync(`export const value = ${expression};`, { loader: 'tsx', format: 'cjs', jsx, logLevel: 'silent' })
      .code,
  );
}

interface TypeScript {
  transpileModule(source: string, options: object): { readonly outputText: string };
}

// Not by `import`: Vitest would transform nine megabytes.
const { typescript } = createRequire(import.meta.url)(
  'monaco-editor/languages/features/typescript/lib/typescriptServices.js',
) as { readonly typescript: TypeScript };

/** By TypeScript 5.9, which Monaco has. */
export function typescriptValue(expression: string, runtime: Runtime): string {
  const [es2024, commonJs, automatic, classic] = [11, 1, 4, 2];
  return valueOf(
    typescript.transpileModule(`export const value = ${expression};`, {
      fileName: 'a.tsx',
      compilerOptions: { target: es2024, module: commonJs, jsx: runtime === 'automatic' ? automatic : classic },
    }).outputText,
  );
}
