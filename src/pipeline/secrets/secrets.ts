import { SecretNotFoundError } from '../errors/run-errors.js';

/** What has secrets by name: `Map` is one. */
export interface SecretStore {
  get(name: string): string | undefined | Promise<string | undefined>;
}

/** Secrets of a run: by name, a function that finds them, or a store. */
export type SecretSource =
  Readonly<Record<string, string>> | ((name: string) => string | undefined | Promise<string | undefined>) | SecretStore;

/** The secrets of one task. */
export class Secrets {
  readonly #values: ReadonlyMap<string, string>;
  readonly #step: string;

  /** @param step path of the task */
  constructor(values: ReadonlyMap<string, string>, step: string) {
    this.#values = values;
    this.#step = step;
    Object.freeze(this);
  }

  /** Names that the task declares. */
  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** @throws SecretNotFoundError for a secret that the task does not declare */
  get(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) throw new SecretNotFoundError(name, this.#step, 'undeclared');
    return value;
  }

  /** The names alone: values are never part of a text. */
  toJSON(): readonly string[] {
    return this.names;
  }
}

/**
 * The declared secrets of a task.
 *
 * @throws SecretNotFoundError for the first that there is not
 * @throws TypeError for one that is not a text
 */
export async function secretsOf(
  names: readonly string[],
  source: SecretSource | undefined,
  step: string,
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  for (const name of names) {
    const value = await find(source, name);
    if (value === undefined || value === null) throw new SecretNotFoundError(name, step, 'missing');
    if (typeof value !== 'string')
      throw new TypeError(`The secret "${name}" must be a text, but is a ${typeof value}.`);
    values.set(name, value);
  }
  return values;
}

function find(source: SecretSource | undefined, name: string): unknown {
  if (source === undefined) return undefined;
  if (typeof source === 'function') return source(name);
  if (Object.hasOwn(source, name)) return (source as Readonly<Record<string, unknown>>)[name];
  return typeof (source as SecretStore).get === 'function' ? (source as SecretStore).get(name) : undefined;
}
