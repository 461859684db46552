import type { RunCatalog } from '../catalog/catalog.js';
import type { Keeping } from '../definition/step.js';
import type { KeptValue, KeptValues } from '../run-log/run-log-event.js';
import { revealed, type Redactor } from '../secrets/redactor.js';
import { jsonSerializer, type Serializer } from '../serializers/serializer.js';
import { structuredSerializer } from '../serializers/structured.js';

/** The part of the catalog that has the parameters of runs that have not succeeded. Patterns pass it by, since it begins with a dot. */
const temporaries = '.parameters';

/** An object in the log of a store in memory. What other stores keep of it is that it was there. */
class KeptObject {
  readonly in = 'memory';
  /** Of its name. */
  readonly secrets: readonly string[];
  readonly #value: unknown;

  constructor(value: unknown, secrets: readonly string[] = []) {
    this.#value = value;
    this.secrets = secrets;
  }

  static valueOf(object: object): { readonly value: unknown } | undefined {
    return #value in object ? { value: object.#value } : undefined;
  }
}

interface Keeper {
  readonly catalog: RunCatalog;
  readonly serializer: Serializer;
  readonly redactor: Redactor;
  /** Characters of a text that the log keeps; longer ones go to the catalog. */
  readonly inlineLimit: number;
}

/** Parameters as a log keeps them. @param path of the step that gave them */
export async function kept(
  values: Iterable<readonly [string, unknown]>,
  path: string,
  keeping: Keeping,
  keeper: Keeper,
): Promise<KeptValues> {
  const entries: [string, KeptValue][] = [];
  for (const [name, value] of values) {
    const { text, secrets } = keeper.redactor.hidden(name);
    const own = await keptValue(text, value, path, keeping, keeper);
    entries.push([text, secrets.length === 0 ? own : withSecrets(own, secrets)]);
  }
  return Object.fromEntries(entries);
}

/** Its name tells more secrets than its text. */
function withSecrets(value: KeptValue, names: readonly string[]): KeptValue {
  if (value.in === 'memory') return new KeptObject(KeptObject.valueOf(value)?.value, names);
  return { ...value, secrets: [...new Set([...(value.secrets ?? []), ...names])] };
}

async function keptValue(
  name: string,
  value: unknown,
  path: string,
  keeping: Keeping,
  { catalog, serializer: own, redactor, inlineLimit }: Keeper,
): Promise<KeptValue> {
  const serializer = own.accepts(value) ? own : structuredSerializer.accepts(value) ? structuredSerializer : undefined;
  if (keeping === 'memory' || serializer === undefined) return new KeptObject(value);
  const { text, secrets } = redactor.hidden(serializer.serialize(value));
  const about = { serializer: serializer.name, ...(secrets.length === 0 ? {} : { secrets }) };
  if (keeping === 'auto' && text.length <= inlineLimit) return { in: 'log', ...about, text };
  const entry = `${temporaries}/${path === '' ? '@run' : path}/${encodeURIComponent(name)}`;
  await catalog.put(entry, text);
  return { in: 'catalog', ...about, entry };
}

/** The parameters again. @returns `undefined` where one of them is no longer there */
export async function restored(
  values: KeptValues,
  keeper: Keeper,
  secretsOf: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<readonly (readonly [string, unknown])[] | undefined> {
  const entries: [string, unknown][] = [];
  for (const [hidden, value] of Object.entries(values)) {
    const isWhole = value.secrets === undefined || value.secrets.length === 0;
    const secrets = isWhole ? undefined : await secretsOf(value.secrets);
    const name = secrets === undefined ? hidden : revealed(hidden, secrets);
    if (value.in === 'memory') {
      const object = KeptObject.valueOf(value);
      if (object === undefined) return undefined;
      entries.push([name, object.value]);
      continue;
    }
    const text = value.in === 'log' ? value.text : await textOf(value.entry, keeper.catalog);
    if (text === undefined) return undefined;
    const serializer = [keeper.serializer, structuredSerializer, jsonSerializer].find(
      (each) => each.name === value.serializer,
    );
    if (serializer === undefined) {
      throw new TypeError(
        `The parameter "${name}" was kept by the serializer "${value.serializer}". Pass it: { serializer }.`,
      );
    }
    const whole = secrets === undefined ? text : revealed(text, secrets);
    entries.push([name, serializer.deserialize(whole)]);
  }
  return entries;
}

async function textOf(entry: string, catalog: RunCatalog): Promise<string | undefined> {
  const found = await catalog.get(entry).catch(() => []);
  const data = found.find(({ name }) => name === entry)?.data;
  return typeof data === 'string' ? data : undefined;
}

/** Removes what `kept` has put into the catalog. */
export async function removeTemporaries(catalog: RunCatalog): Promise<void> {
  await catalog.remove(`${temporaries}/**`);
}

/** Parameters for people: plain data as it is, without secrets; what a log cannot keep as a text. */
export function shownValues(
  values: Readonly<Record<string, unknown>>,
  { redactor, serializer: own }: Pick<Keeper, 'redactor' | 'serializer'>,
): Readonly<Record<string, unknown>> {
  const shown = Object.entries(values).map(([given, value]): [string, unknown] => {
    const name = redactor.text(given);
    if (jsonSerializer.accepts(value)) return [name, redactor.data(value)];
    const serializer = [own, structuredSerializer].find((each) => each.accepts(value));
    if (serializer !== undefined)
      return [name, serializer.deserialize(redactor.hidden(serializer.serialize(value)).text)];
    return [name, Object.prototype.toString.call(value)];
  });
  return Object.fromEntries(shown);
}
