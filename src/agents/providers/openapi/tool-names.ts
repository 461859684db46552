import { reservedIdentifiers } from '../../../sdk/tools/registry/tool-names.js';
import type { Operation } from './operations.js';

const longestName = 100;

/** A name of its own for each operation, in the order of the document: its `operationId`, or its method and path. */
export function toolNames(operations: readonly Operation[]): readonly string[] {
  const taken = new Set<string>();
  return operations.map((operation) => {
    const byPath = camelCase(`${operation.method.toLowerCase()} ${operation.path}`);
    const names = operation.id === undefined ? [byPath] : [camelCase(operation.id), byPath];
    const name =
      names.find((one) => one !== '' && !taken.has(one) && !reservedIdentifiers.has(one)) ?? numbered(names[0]!, taken);
    taken.add(name);
    return name;
  });
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  for (let count = 2; ; count++) if (!taken.has(`${name}${count}`)) return `${name}${count}`;
}

/** `issues/create-comment` becomes `issuesCreateComment`. */
function camelCase(text: string): string {
  const [first = '', ...words] = text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const name = [first.replace(/^./u, (letter) => letter.toLowerCase()), ...words.map(capitalised)].join('');
  return (/^\d/.test(name) ? `_${name}` : name).slice(0, longestName);
}

function capitalised(word: string): string {
  return word.replace(/^./u, (letter) => letter.toUpperCase());
}
