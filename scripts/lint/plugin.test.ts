import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkImport } from './import-direction.mjs';
import { superlinear } from './linear-regexp.mjs';
import { vagueWord } from './names.mjs';
import { allowsInstanceof } from './own-instanceof.mjs';
import plugin from './plugin.mjs';

const root = path.resolve(import.meta.dirname, '../..');

/** Runs the linter with the project's own settings over one file of a scratch project, and gives the rules that it broke. */
async function lint(file: string, code: string): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'codemode-lint-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const name = path.join(folder, file);
  await mkdir(path.dirname(name), { recursive: true });
  await writeFile(name, code);
  const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [oxlint, '-c', path.join(root, '.oxlintrc.json'), '--format', 'json', file],
      { cwd: folder },
      (_error, stdout) => resolve(stdout),
    );
  });
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string }[] };
  return diagnostics.map(({ code: rule }) => rule);
}

describe('import direction', () => {
  it.each([
    ['src/context/current-context.ts', './current.js'],
    ['src/context/platform/timers.ts', '../current.js'],
    ['src/context/current-context.test.ts', 'vitest'],
    ['src/compiler/compile.ts', '../context/current.js'],
    ['workers/kernel/kernel.ts', '../../src/protocol/messages/wire.js'],
    ['src/elements/playground/playground.ts', 'lit'],
    ['vite.config.ts', 'vite'],
  ])('lets %s import %s', (file, specifier) => {
    expect(checkImport(file, specifier)).toBeUndefined();
  });

  it.each([
    ['src/context/current-context.ts', '../sdk/session.js'],
    ['src/context/platform/timers.ts', '../../sdk/session.js'],
    ['src/context/current-context.ts', 'lit'],
    ['src/compiler/compile.ts', '../protocol/codec/encode.js'],
    ['src/protocol/frame/gate.ts', '../../compiler/compile.js'],
    ['src/sdk/session/session.ts', '../../workers/kernel/start.js'],
    ['workers/kernel/kernel.ts', '../../src/sdk/session/session.js'],
    ['workers/kernel/kernel.ts', 'valibot'],
    ['src/editor/load-monaco.ts', '../elements/tab-bar/tabs.js'],
    ['src/elements/playground/playground.ts', '../../app/examples.js'],
  ])('does not let %s import %s', (file, specifier) => {
    expect(checkImport(file, specifier)).toContain(
      file
        .split('/')
        .slice(0, file.startsWith('src') ? 2 : 1)
        .join('/'),
    );
  });

  it.each([
    "import { Session } from '../sdk/session.js';\nexport const session = new Session();",
    "import type { Session } from '../sdk/session.js';\nexport type One = Session;",
    "export { Session } from '../sdk/session.js';",
    "export * from '../sdk/session.js';",
    "export const load = () => import('../sdk/session.js');",
  ])('is enforced by the linter: %s', async (code) => {
    expect(await lint('src/context/current-context.ts', code)).toContain('codemode(import-direction)');
  });
});

describe('names', () => {
  it.each(['utils.ts', 'SessionManager', 'tabHelper', 'misc-types.ts', 'COMMON'])('%s says nothing', (name) => {
    expect(vagueWord(name)).toBeDefined();
  });

  it.each(['session.ts', 'utility', 'commonality', 'Managed'])('%s passes', (name) => {
    expect(vagueWord(name)).toBeUndefined();
  });

  it('are checked by the linter, in files and declarations', async () => {
    expect(await lint('src/sdk/utils.ts', 'export const one = 1;')).toEqual(['codemode(no-vague-names)']);
    expect(await lint('src/sdk/session/session.ts', 'export class SessionManager { id = 1; }')).toEqual([
      'codemode(no-vague-names)',
    ]);
  });
});

describe('regular expressions', () => {
  it.each([
    [String.raw`^(?:\s|\/\*[^]*?\*\/|\/\/.*)*\{`, ''],
    ['^(a+)+$', ''],
    [String.raw`\s+$`, ''],
    [String.raw`^(\w*)\s*(.*?)\s*$`, ''],
    [String.raw`<(\w+)>[^]*?<\/\1>`, ''],
  ])('/%s/ can backtrack', (source, flags) => expect(superlinear(source, flags)).toBeDefined());

  it.each([
    [String.raw`^\s*\w+$`, ''],
    [String.raw`\S+`, 'y'],
    [String.raw`^[\p{ID_Start}$_][\p{ID_Continue}$]*`, 'u'],
    [String.raw`\b(?:await|async)\b`, ''],
  ])('/%s/ can not', (source, flags) => expect(superlinear(source, flags)).toBeUndefined());

  it('are checked by the linter in what runs, and not in tests', async () => {
    const code = 'export const blanks = /(a+)+$/;';
    expect(await lint('src/compiler/blanks.ts', code)).toEqual(['codemode(linear-regexp)']);
    expect(await lint('src/compiler/blanks.test.ts', code)).toEqual([]);
  });
});

describe('instanceof', () => {
  it.each([
    ['workers/kernel/kernel.ts', 'Error'],
    ['workers/worker-session.ts', 'Promise'],
    ['src/protocol/codec/decode.ts', 'ArrayBuffer'],
    ['src/protocol/previews/describe.ts', 'Map'],
    ['src/protocol/intrinsics/brand.ts', undefined],
    ['workers/kernel/kernel.ts', 'toString'],
    ['src/context/context-data.ts', 'Date'],
    ['src/compiler/parse/parse.ts', 'Error'],
    ['src/protocol/endpoint/worker-endpoint.ts', 'Error'],
  ])('F2: in %s does not ask for %s', (file, name) => expect(allowsInstanceof(file, name)).toBe(false));

  it.each([
    ['workers/kernel/checkpoint/graph-writer.ts', 'NotKept'],
    ['workers/kernel/kernel.test.ts', 'Error'],
    ['workers/kernel/testing/observe.ts', 'URL'],
    ['src/protocol/endpoint/host-endpoint.ts', 'Error'],
    ['src/sdk/session/session.ts', undefined],
  ])('in %s may ask for %s', (file, name) => expect(allowsInstanceof(file, name)).toBe(true));

  it('is checked by the linter, whatever stands on its right', async () => {
    const asks = (right: string): string => `export const asks = (value: unknown) => value instanceof ${right};`;
    expect(await lint('workers/kernel/asks.ts', asks('Error'))).toEqual(['codemode(own-instanceof)']);
    expect(await lint('workers/kernel/asks.ts', asks('globalThis.NotKept'))).toEqual(['codemode(own-instanceof)']);
    expect(await lint('src/sdk/session/asks.ts', asks('Error'))).toEqual([]);
  });
});

describe('the linter', () => {
  it('refuses an enum, a default export and any', async () => {
    const rules = await lint(
      'src/sdk/session/session.ts',
      'enum State { Open }\nexport default State;\nexport let x: any;\n',
    );
    expect(rules.sort()).toEqual(['codemode(no-enum)', 'import(no-default-export)', 'typescript(no-explicit-any)']);
  });

  it('is told to use every rule of the project', async () => {
    const config = JSON.parse(await readFile(path.join(root, '.oxlintrc.json'), 'utf8'));
    for (const rule of Object.keys(plugin.rules)) expect(config.rules).toHaveProperty([`codemode/${rule}`], 'error');
  });
});
