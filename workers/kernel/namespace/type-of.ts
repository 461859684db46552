import { brandOf, classNameOf, type IsProxy } from '../../../src/protocol/intrinsics/brand.js';

const maxProperties = 12;
const maxDepth = 2;

/**
 * A TypeScript type for a value, for the editor's completion: primitives, arrays and plain objects by structure, built-ins by
 * name, functions as `(...args: any[]) => any`, other values `any`. Runs none of the reader's code.
 */
export function typeOf(value: unknown, isProxy: IsProxy, depth = 0): string {
  if (value === null) return 'null';
  if (typeof value !== 'object' && typeof value !== 'function') return typeof value;
  const brand = brandOf(value, isProxy);
  switch (brand) {
    case 'function':
      return `(...args: any[]) => any`;
    case 'date':
    case 'regexp':
    case 'error':
    case 'url':
      return brand === 'regexp' ? 'RegExp' : brand === 'url' ? 'URL' : brand === 'date' ? 'Date' : 'Error';
    case 'map':
      return 'Map<any, any>';
    case 'set':
      return 'Set<any>';
    case 'promise':
      return 'Promise<any>';
    case 'typedarray':
    case 'arraybuffer':
    case 'dataview':
      return classNameOf(value, isProxy) || 'any';
    case 'array':
      return arrayType(value as unknown[], isProxy, depth);
    case 'plain':
      return objectType(value, isProxy, depth);
    default:
      return 'any';
  }
}

function arrayType(array: readonly unknown[], isProxy: IsProxy, depth: number): string {
  if (depth >= maxDepth) return 'any[]';
  const types = new Set<string>();
  for (let index = 0; index < Math.min(array.length, maxProperties); index++) {
    const descriptor = Object.getOwnPropertyDescriptor(array, index);
    if (descriptor !== undefined && 'value' in descriptor) types.add(typeOf(descriptor.value, isProxy, depth + 1));
  }
  return types.size === 0 ? 'any[]' : types.size === 1 ? `(${[...types][0]})[]` : `(${[...types].join(' | ')})[]`;
}

function objectType(object: object, isProxy: IsProxy, depth: number): string {
  if (depth >= maxDepth) return 'Record<string, any>';
  const entries = Object.entries(Object.getOwnPropertyDescriptors(object)).slice(0, maxProperties);
  const members = entries.map(([name, descriptor]) => {
    const type = 'value' in descriptor ? typeOf(descriptor.value, isProxy, depth + 1) : 'any';
    return `${JSON.stringify(name)}: ${type}`;
  });
  return members.length === 0 ? '{}' : `{ ${members.join('; ')} }`;
}
