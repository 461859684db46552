import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { build } from 'esbuild';
import { loadCompiler } from '../../bench/context/build.mjs';
import { acceptedBy, loadTypeScript, refusalOfExpression } from './references.mjs';
import { runTest262 } from './run-test262.mjs';

/**
 * A process that compares our compiler with TypeScript's and with the engine, one test after another. The parent ends it when a
 * test hangs.
 *
 * @typedef {import('./read-tests.mjs').ConformanceTest} ConformanceTest
 *
 * @typedef {'agreed' | 'refused' | 'not runnable' | 'crashed' | 'accepted' | 'behaves otherwise' | 'left out' | 'hangs'} Kind
 * @typedef {{ kind: Kind, detail: string }} Verdict
 */

const compiler = await loadCompiler();
const accepts = acceptedBy(loadTypeScript(process.argv[2]));
const runtime = await buildRuntime();
const nativeRuntime = new vm.Script('({})');

async function buildRuntime() {
  const { outputFiles } = await build({
    entryPoints: [path.join(fileURLToPath(new URL('.', import.meta.url)), 'runtime.mjs')],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'bundle',
    footer: { js: 'bundle.runtime' },
    outdir: 'out',
  });
  return new vm.Script(
    `(() => {${outputFiles[0]?.text.replace(/bundle\.runtime\s*$/, 'return bundle.runtime') ?? ''}})()`,
  );
}

/** @param {ConformanceTest} test */
function compile({ source, language }) {
  /** @type {{ fileName: string, language: 'ts' | 'js', elements?: true }} */
  const options = {
    fileName: `test.${language}`,
    language: language === 'js' ? 'js' : 'ts',
    ...(language.endsWith('x') ? { elements: true } : {}),
  };
  if (language !== 'js') compiler.compileCell(source, { kind: () => undefined }, options);
  return compiler.compileModule(source, options);
}

/** @param {ConformanceTest} test @returns {Promise<Verdict>} */
async function compare(test) {
  const { source, language, isDeclaration, test262 } = test;
  if (isDeclaration) return { kind: 'left out', detail: 'a file of declarations' };
  if (test262?.flags.some((flag) => flag === 'noStrict' || flag === 'raw'))
    return { kind: 'left out', detail: 'code that is not strict' };
  /** @type {boolean} */
  let accepted;
  try {
    accepted = accepts(source, language);
  } catch {
    return { kind: 'left out', detail: 'TypeScript fails on it' };
  }
  // Where a suite and the references differ, such as in code that is not strict, neither answer is a loss.
  const isDisputed = test.isValid !== undefined && test.isValid !== accepted;
  /** @type {string} */
  let text;
  try {
    text = compile(test).code;
  } catch (error) {
    const { name, message } = /** @type {Error} */ (error);
    if (name !== 'SyntaxError') return { kind: 'crashed', detail: `${name}: ${message}` };
    return accepted && !isDisputed ? { kind: 'refused', detail: message } : refusedByBoth(isDisputed);
  }
  const refusal = refusalOfExpression(text);
  if (refusal !== undefined)
    return accepted || isDisputed ? { kind: 'not runnable', detail: refusal } : refusedByBoth(isDisputed);
  if (isDisputed) return { kind: 'agreed', detail: 'accepted, as one of the suite and the references has it' };
  if (!accepted) return { kind: 'accepted', detail: test262?.fails ?? '' };
  if (test262 === undefined || test262.fails !== undefined) return { kind: 'agreed', detail: 'both accept it' };
  return run(test, text);
}

/** @param {boolean} isDisputed @returns {Verdict} */
const refusedByBoth = (isDisputed) => ({
  kind: 'agreed',
  detail: isDisputed ? 'refused, as one of the suite and the references has it' : 'both refuse it',
});

/** @param {ConformanceTest} test @param {string} compiled @returns {Promise<Verdict>} */
async function run(test, compiled) {
  const { source, test262 } = test;
  if (test262?.flags.includes('module') || /\b(?:eval|import)\b/.test(source))
    return { kind: 'agreed', detail: 'both accept it; it is not run, since it evaluates text or is a module' };
  const native = await runTest262(test, `(async function () {"use strict";${source}\n})`, nativeRuntime);
  if (native !== 'passes') return { kind: 'left out', detail: 'the engine does not pass it' };
  const ours = await runTest262(
    test,
    `(async (runtime) => { const steps = (${compiled.replace(/\/\/# sourceURL=.*$/, '')})(runtime); await steps.next(); await steps.next(); })`,
    runtime,
  );
  return ours === 'passes' ? { kind: 'agreed', detail: 'both pass it' } : { kind: 'behaves otherwise', detail: ours };
}

process.on('message', async (/** @type {ConformanceTest} */ test) => {
  process.send?.(await compare(test));
});
// Promises that a test leaves rejected are its own.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);
process.send?.('ready');
