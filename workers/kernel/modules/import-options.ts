import { keys } from '../../../src/context/pristine-built-ins.js';
import { isObject } from '../../../src/context/is-object.js';

const NativeTypeError = TypeError;

/**
 * The attribute `type` of the second argument of `import()`. Reads it as ECMA-262, 13.3.10.2, does.
 * @throws TypeError, and what a getter throws
 */
export function importedType(options: unknown): string | undefined {
  if (options === undefined) return undefined;
  const attributes = objectOf(options)['with'];
  let type: string | undefined;
  for (const key of attributes === undefined ? [] : keys(objectOf(attributes))) {
    const value = objectOf(attributes)[key];
    if (key !== 'type' || typeof value !== 'string') throw refused();
    type = value;
  }
  return type;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw refused();
  return value as Readonly<Record<string, unknown>>;
}

const refused = (): Error => new NativeTypeError("The options of import() have the form { with: { type: 'json' } }.");
