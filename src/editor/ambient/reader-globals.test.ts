import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assignedNames } from './assigned-names.js';
import { ambientDeclarations } from './tool-types.js';

/** What the compiler says of a cell as the editor sets it up; empty for no error. */
function errorsOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'reader-globals-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const compiler = join(process.cwd(), 'node_modules', '.bin', 'tsc');
    const options =
      '--noEmit --strict --noImplicitAny false --useUnknownInCatchVariables false --skipLibCheck --target esnext ' +
      '--module esnext --moduleResolution bundler --moduleDetection force --lib esnext,webworker';
    execFileSync(compiler, [...options.split(' '), '--types', '', ...Object.keys(files)], {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const earlierCell = 'interface Order { id: string; total: number }\ntype Status =\n  | "open"\n  | "sent"';
const cell = `
  context.with({ a: 1 }).run(() => 1);
  context.run({ client_id: 'a' }, () => context.require<string>('client_id').length);
  context.child({ deadline: Date.now() + 1_000 }).parentId;
  const client: string = context.get('client_id', 'none');
  getCurrentContext()?.keys().join();
  RuntimeContext.from({ client_id: 'b' }).toJSON().runId;
  new RuntimeContext({ variables: { a: 1 } });
  const user = new AsyncContext.Variable<string>({ name: 'user' });
  user.run('ada', async (n: number) => \`\${n} \${user.get()}\`, 1);
  new AsyncContext.Snapshot().run(() => client);
  AsyncContext.Snapshot.wrap((a: number) => a)(1);
  display(config.currency, await tools.anything({}));
  console.table([1]);
  display(_.anything, __, ___, In[1].length, Out[1].anything);
  { const [_, second] = [1, 2]; second; }
  total = 42;
  total + 1;
  const order: Order = { id: 'A-1', total };
  const status: Status = 'open';
`;

describe('the globals of a cell, as the editor knows them', () => {
  it('marks nothing that the documentation describes', () => {
    const names = { assigned: assignedNames(cell.replaceAll(/^ {2}/gm, '')), cells: [earlierCell] };
    expect(errorsOf({ 'globals.d.ts': ambientDeclarations(names), 'cell.ts': cell })).toBe('');
  }, 60_000);

  it('marks what there is not', () => {
    const errors = errorsOf({ 'globals.d.ts': ambientDeclarations({}), 'cell.ts': 'context.wiht({});\nmissing;' });
    expect(errors).toContain("'wiht' does not exist");
    expect(errors).toContain("'missing'");
  }, 60_000);

  it('has the members and types of the classes themselves', () => {
    const real = `
      import type { AsyncContext as RealAsyncContext, RuntimeContext as Real } from '${process.cwd()}/src/context/index.js';
      import type { RuntimeContextInit as RealInit } from '${process.cwd()}/src/context/runtime-context.js';
      type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;
      const keys: Same<keyof Real, keyof RuntimeContext> = true;
      const statics: Same<keyof typeof Real, keyof typeof RuntimeContext> = true;
      const options: Same<RealInit, RuntimeContextInit> = true;
      const json: Same<ReturnType<Real['toJSON']>, ReturnType<RuntimeContext['toJSON']>> = true;
      const child: Same<Parameters<Real['child']>, Parameters<RuntimeContext['child']>> = true;
      const limits: Same<Parameters<Real['limitedTo']>, Parameters<RuntimeContext['limitedTo']>> = true;
      const variable: Same<keyof RealAsyncContext['Variable']['prototype'], keyof OwnAsyncContext.Variable<unknown>> = true;
      const snapshot: Same<keyof RealAsyncContext['Snapshot']['prototype'], keyof OwnAsyncContext.Snapshot> = true;
      declare const context: Real;
      const declared: Pick<RuntimeContext, Exclude<keyof RuntimeContext, 'with' | 'child' | 'limitedTo'>> = context;
    `;
    const declarations = ambientDeclarations({}).replace('namespace AsyncContext', 'namespace OwnAsyncContext');
    expect(errorsOf({ 'globals.d.ts': declarations, 'real.ts': real })).toBe('');
  }, 60_000);
});
