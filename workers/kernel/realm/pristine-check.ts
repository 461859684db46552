/** A data property with its recorded value. */
export interface DataProperty {
  readonly target: object;
  readonly key: PropertyKey;
  readonly value: unknown;
}

const compile = Function;
const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * Compiles a function that checks whether all these properties still have their recorded values. It runs around every piece of
 * kernel work. One comparison per property, each with its own inline cache, is ten times as fast as a loop.
 */
export function compilePristineCheck(properties: readonly DataProperty[]): () => boolean {
  const targets = [...new Set(properties.map(({ target }) => target))];
  const nameOf = new Map(targets.map((target, index) => [target, `t${index}`]));
  const comparisons = properties.map(({ target, key }, index) => {
    const property = typeof key === 'string' && identifier.test(key) ? `.${key}` : `[keys[${index}]]`;
    return `${nameOf.get(target)!}${property} === values[${index}]`;
  });
  // The objects are local variables: a lookup in an array would cost as much as the comparison.
  const body = `const [${[...nameOf.values()].join(', ')}] = targets; return () => ${['true', ...comparisons].join(' && ')};`;
  const make = compile('targets', 'keys', 'values', body) as (
    ...lists: readonly (readonly unknown[])[]
  ) => () => boolean;
  return make(
    targets,
    properties.map(({ key }) => key),
    properties.map(({ value }) => value),
  );
}
