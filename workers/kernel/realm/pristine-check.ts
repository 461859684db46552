/** A property that has a value, as it was when stock was taken. */
export interface DataProperty {
  readonly target: object;
  readonly key: PropertyKey;
  readonly value: unknown;
}

const compile = Function;
const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * A function that tells whether all these properties have the values they had. It runs around every piece of kernel work, so it is
 * compiled to one comparison per property, each of which the engine learns for itself: that is ten times as fast as a loop over all.
 */
export function compilePristineCheck(properties: readonly DataProperty[]): () => boolean {
  const targets = [...new Set(properties.map(({ target }) => target))];
  const nameOf = new Map(targets.map((target, index) => [target, `t${index}`]));
  const comparisons = properties.map(({ target, key }, index) => {
    const property = typeof key === 'string' && identifier.test(key) ? `.${key}` : `[keys[${index}]]`;
    return `${nameOf.get(target)!}${property} === values[${index}]`;
  });
  // The objects are variables of its own, since a lookup of them in a list would cost as much as the comparison.
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
