import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { elementTypes } from './element-types.js';

interface Diagnostic {
  readonly code: number;
}
interface Program {
  getSyntacticDiagnostics(): readonly Diagnostic[];
  getSemanticDiagnostics(): readonly Diagnostic[];
}
interface TypeScript {
  createProgram(names: readonly string[], options: object, host: object): Program;
  createSourceFile(name: string, text: string, target: number): object;
}

// Not by `import`: Vitest would transform nine megabytes.
const { typescript } = createRequire(import.meta.url)(
  'monaco-editor/languages/features/typescript/lib/typescriptServices.js',
) as { readonly typescript: TypeScript };

const core = `interface Array<T> { [n: number]: T; map<U>(f: (item: T) => U): U[] } interface Boolean {} interface Function {} interface CallableFunction {}
  interface NewableFunction {} interface IArguments {} interface Number { toFixed(): string } interface Object {} interface RegExp {} interface String {}`;

/** What TypeScript says about a cell, as Monaco asks it. */
function codes(cell: string): number[] {
  const files: Readonly<Record<string, string>> = {
    'core.d.ts': core,
    'elements.d.ts': elementTypes,
    'cell.tsx': cell,
  };
  const host = {
    getSourceFile: (name: string) => files[name] && typescript.createSourceFile(name, files[name], 99),
    fileExists: (name: string) => name in files,
    readFile: (name: string) => files[name],
    getDefaultLibFileName: () => 'core.d.ts',
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name: string) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    writeFile: () => undefined,
  };
  const [esnext, preserve, bundler, force] = [99, 1, 100, 3];
  const options = { target: esnext, module: esnext, moduleResolution: bundler, moduleDetection: force, jsx: preserve };
  const program = typescript.createProgram(
    Object.keys(files),
    { ...options, strict: true, noImplicitAny: false, noEmit: true },
    host,
  );
  return [...program.getSyntacticDiagnostics(), ...program.getSemanticDiagnostics()].map(({ code }) => code);
}

describe('types of elements without a library', () => {
  it.each([
    'const a = <p className="x" onClick={(event) => event.target}>{[1].map((n) => <li key={n}>{n}</li>)}</p>; a.props',
    'const Card = ({ title, children }: { title: string; children: unknown }) => <b>{children}</b>; <Card key="1" title="x">hi</Card>',
    'class View { constructor(props: { a: number }) {} } <View a={1} />',
    '<><svg:a x:y="1" data-z="2" /></>',
  ])('mark nothing in %s', (cell) => {
    expect(codes(cell)).toEqual([]);
  });

  it('leave the checks of expressions and of the properties of components', () => {
    expect(codes('<p>{missing}</p>')).toEqual([2304]);
    expect(codes('const C = (props: { a: number }) => null; <C a="x" />')).toEqual([2322]);
  });
});
