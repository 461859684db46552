const NativeTypeError = TypeError;
const { keys } = Object;

/**
 * The attribute `type` of the second argument of `import()`. Reads it as ECMA-262, 13.3.10.2, does.
 * @throws TypeError, and what a getter throws
 */
export function importedType(options: unknown): string | undefined {
  const attributes = objectOf(options, 'The second argument of import()')?.['with'];
  const entries = objectOf(attributes, 'The option "with" of import()');
  let type: string | undefined;
  if (entries === undefined) return undefined;
  for (const key of keys(entries)) {
    const value = entries[key];
    if (typeof value !== 'string') throw new NativeTypeError('The value of an import attribute has to be a string.');
    if (key !== 'type') throw new NativeTypeError(`The import attribute "${key}" is not supported. Only "type" is.`);
    type = value;
  }
  return type;
}

function objectOf(value: unknown, name: string): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined) return undefined;
  if ((typeof value === 'object' && value !== null) || typeof value === 'function')
    return value as Readonly<Record<string, unknown>>;
  throw new NativeTypeError(`${name} has to be an object.`);
}
