import { RandomChoices } from '../../../../src/compiler/testing/random-choices.js';

/** Names of variables and exports. Few, so that exports collide and are missing. */
const names = ['a', 'b', 'c'] as const;

/** A graph of modules by path, with circles, stars, re-exports, top-level awaits and mistakes. They tell `log` what happens. */
export function randomModules(seed: number): Record<string, string> {
  const choices = new RandomChoices(seed);
  const count = 2 + choices.below(5);
  const paths = Array.from({ length: count }, (_, index) => `m${index}.mjs`);
  return Object.fromEntries(paths.map((path) => [path, moduleText(path, paths, choices)]));
}

function moduleText(path: string, paths: readonly string[], choices: RandomChoices): string {
  const log = (text: string): string => `log(${JSON.stringify(path)} + ' ' + ${text});`;
  const look = (text: string): string =>
    `try { ${log(`'${text} ' + show(${text})`)} } catch (error) { ${log(`'${text} ' + error.name`)} }`;
  const lines: string[] = [];
  const reads: string[] = [];
  const exported = new Set<string>();
  const exportedOnce = (name: string, text: string): void => {
    if (exported.has(name)) return;
    exported.add(name);
    lines.push(text);
  };
  for (let serial = choices.below(4); serial > 0; serial--) {
    const from = JSON.stringify(`./${choices.pick(paths)}`);
    const name = choices.pick(names);
    const local = `i${serial}`;
    switch (choices.below(9)) {
      case 0:
      case 1:
        lines.push(`import ${from};`);
        break;
      case 2:
      case 3:
        lines.push(`import { ${name} as ${local} } from ${from};`);
        reads.push(local);
        break;
      case 4:
        lines.push(`import * as ${local} from ${from};`);
        reads.push(local, `${local}.${name}`);
        break;
      case 5:
        lines.push(`import ${local} from ${from};`);
        reads.push(local);
        break;
      case 6:
        lines.push(`export * from ${from};`);
        break;
      case 7:
        exportedOnce(name, `export { ${choices.pick(names)} as ${name} } from ${from};`);
        break;
      default:
        exportedOnce(
          name,
          choices.chance(0.5)
            ? `export * as ${name} from ${from};`
            : `import { ${choices.pick(names)} as ${local} } from ${from}; export { ${local} as ${name} };`,
        );
    }
  }
  const statements = [log(`'starts'`), ...reads.map(look)];
  for (const name of names) {
    if (exported.has(name) || choices.chance(0.3)) continue;
    exported.add(name);
    statements.push(
      choices.pick([
        `export let ${name} = ${JSON.stringify(`${name} of ${path}`)};`,
        `export const ${name} = 1; `,
        `export function ${name}() { return 'called' }`,
        `export class ${name} {}`,
        `export var ${name} = 2;`,
      ]),
    );
  }
  if (choices.chance(0.7))
    statements.push(
      choices.pick([
        'export default 3;',
        'export default function () {}',
        'export default class {}',
        'export default () => 4;',
      ]),
    );
  for (let awaits = choices.below(6) - 2; awaits > 0; awaits--)
    statements.splice(1 + choices.below(statements.length), 0, `await 0; ${log(`'goes on'`)}`);
  if (choices.chance(0.12))
    statements.splice(choices.below(statements.length + 1), 0, `throw ${JSON.stringify(`thrown by ${path}`)};`);
  return [...lines, ...statements, ...reads.map(look), log(`'ends'`)].join('\n');
}

/**
 * Text of a script that both engines run. `importOf` gives the namespace of a module. Each is imported twice, up
 * to one that fails, and what is seen is the answer.
 */
export const observer = `
  globalThis.show = (value) => typeof value === 'function' ? 'function ' + value.name : typeof value === 'object' ? 'namespace ' + Reflect.ownKeys(value).map(String) : String(value);
  globalThis.observe = async (paths, importOf) => {
    const seen = [];
    globalThis.log = (text) => void seen.push(text);
    // The loaders take different numbers of microtasks to report what fails.
    const settled = () => new Promise((resolve) => setTimeout(resolve));
    const outcome = (path) => importOf(path).catch(async (thrown) => {
      await settled();
      seen.push(path + ' fails: ' + (thrown?.name ?? thrown));
    });
    const known = new Map();
    for (const path of paths) {
      const ns = await outcome(path);
      // V8 crashes when modules are evaluated that share a circle with one that failed.
      if (ns === undefined) break;
      known.set(path, ns);
    }
    for (const [path, ns] of known) {
      if ((await outcome(path)) !== ns) seen.push('another namespace');
      for (const key of Reflect.ownKeys(ns)) {
        const descriptor = Object.getOwnPropertyDescriptor(ns, key);
        seen.push(path + ' has ' + String(key) + ' ' + JSON.stringify({ ...descriptor, value: show(descriptor.value) }));
      }
    }
    return seen;
  };`;
