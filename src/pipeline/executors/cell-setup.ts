import type { RunMetadata } from '../context/run-context.js';
import { jsonSerializer } from '../serializers/serializer.js';
import { sourceOf } from '../serializers/structured-source.js';
import type { TaskExecution } from '../context/run-context.js';

/** Characters of one text that is sent to a session: more are sent in several. */
const longestText = 1_000_000;

const reserved = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for function if ' +
    'implements import in instanceof interface let new null package private protected public return static super switch this throw ' +
    'true try typeof undefined var void while with yield arguments eval getRunContext'
  ).split(' '),
);

/**
 * What a session runs before the cell: the parameters as variables, and `getRunContext`, which gives the run as plain data. Secrets
 * are in its closure alone, which no checkpoint keeps.
 */
export function cellSetup({ parameters, run, sandboxSecrets }: TaskExecution): readonly string[] {
  const { runId, definition, tag, step, path, attempt, failure } = run;
  const metadata: RunMetadata = { runId, definition, ...(tag === undefined ? {} : { tag }), step, path, attempt };
  const all = Object.entries(parameters);
  const json = all.filter(([, value]) => jsonSerializer.accepts(value));
  const others = all
    .filter(([, value]) => !jsonSerializer.accepts(value))
    .map(([name, value]) => ({ name, source: sourceOf(value) }));
  const text = JSON.stringify(Object.fromEntries(json));
  const sent = others.filter(({ source }) => source !== undefined);
  const unsent = others.filter(({ source }) => source === undefined).map(({ name }) => name);
  const declared = [...json.map(([name]) => name), ...sent.map(({ name }) => name)].filter(isVariable);
  const setup = `
const getRunContext = (() => {
  const parameters = JSON.parse(${longTextSource(text)});
  ${sent.map(({ name, source }) => `parameters[${JSON.stringify(name)}] = ${source};`).join('\n  ')}
  const values = new Map(${JSON.stringify([...sandboxSecrets])});
  const secrets = Object.freeze({
    names: Object.freeze([...values.keys()]),
    get(name) {
      if (values.has(name)) return values.get(name);
      throw Object.assign(new Error(\`The secret "\${name}" is not in this sandbox. Declare it, and let it in: { secrets: ['\${name}'], secretsInSandbox: true }.\`), { name: 'SecretNotFoundError' });
    },
  });
  const run = Object.freeze({ ...${JSON.stringify({ ...metadata, ...(failure && { failure }) })}, parameters: Object.freeze(parameters), secrets });
  return () => run;
})();
${declared.length === 0 ? '' : `let { ${declared.join(', ')} } = getRunContext().parameters;`}
${unsent.map(unsentSource).join('\n')}
undefined`;
  return [...chunks(text), setup];
}

const isVariable = (name: string): boolean =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !reserved.has(name);

/** The name under which a long text is put together. */
const longText = '"\\0parameters"';

const longTextSource = (text: string): string =>
  text.length <= longestText
    ? JSON.stringify(text)
    : `((text) => (delete globalThis[${longText}], text))(globalThis[${longText}])`;

function chunks(text: string): string[] {
  if (text.length <= longestText) return [];
  return Array.from({ length: Math.ceil(text.length / longestText) }, (_, index) => {
    const part = JSON.stringify(text.slice(index * longestText, (index + 1) * longestText));
    return `globalThis[${longText}] = (globalThis[${longText}] ?? '') + ${part}; undefined`;
  });
}

/** A parameter that cannot be sent says so when it is read. */
const unsentSource = (name: string): string =>
  `Object.defineProperty(globalThis, ${JSON.stringify(name)}, { configurable: true, get() { throw new TypeError(${JSON.stringify(
    `The parameter "${name}" can't be sent to a sandbox: it is a function, or an object of a class.`,
  )}); } });`;
