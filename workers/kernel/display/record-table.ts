import {
  cut,
  maxFormStructure,
  maxNameCharacters,
  maxRecordCharacters,
  maxRecordColumns,
  maxRecords,
} from '../../../src/protocol/bounds.js';
import { brandOf, type IsProxy } from '../../../src/protocol/intrinsics/brand.js';
import { dateTime } from '../../../src/protocol/intrinsics/slots.js';
import type { TableResource } from '../../../src/protocol/messages/mime-bundle.js';
import type { Preview } from '../../../src/protocol/previews/preview.js';

type Cell = string | number | boolean | null;

/**
 * An array of records as a table. Values that JSON does not have are text. No getter is called. `undefined` for what is no array,
 * an empty one, and one that holds anything but records.
 */
export function tableOf(
  value: object,
  isProxy: IsProxy,
  preview: (value: unknown) => Preview,
): TableResource | undefined {
  if (brandOf(value, isProxy) !== 'array') return undefined;
  const { length } = value as readonly unknown[];
  if (length === 0) return undefined;
  const types = new Map<string, string>();
  const data: Record<string, Cell>[] = [];
  let room = maxFormStructure / 2;
  for (let at = 0; at < length && data.length < maxRecords && room > 0; at++) {
    const record = Object.getOwnPropertyDescriptor(value, at)?.value as unknown;
    if (!isRecord(record, isProxy)) return undefined;
    const row: Record<string, Cell> = {};
    for (const key of Object.keys(record)) {
      const name = cut(key, maxNameCharacters);
      if (!types.has(name) && types.size === maxRecordColumns) continue;
      const descriptor = Object.getOwnPropertyDescriptor(record, key);
      if (descriptor === undefined || !('value' in descriptor) || descriptor.value === undefined) continue;
      const { cell, type } = cellOf(descriptor.value, isProxy, preview);
      const known = types.get(name);
      types.set(
        name,
        known === undefined || known === type ? type : type === 'null' ? known : known === 'null' ? type : 'any',
      );
      Object.defineProperty(row, name, { value: cell, enumerable: true });
      room--;
    }
    data.push(row);
    room--;
  }
  if (types.size === 0) return undefined;
  const fields = [...types].map(([name, type]) => ({ name, type: type === 'null' ? 'any' : type }));
  return { schema: { fields }, data, ...(data.length < length && { total: length }) };
}

function isRecord(value: unknown, isProxy: IsProxy): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const brand = brandOf(value, isProxy);
  return brand === 'plain' || brand === 'instance';
}

function cellOf(value: unknown, isProxy: IsProxy, preview: (value: unknown) => Preview): { cell: Cell; type: string } {
  if (value === null) return { cell: null, type: 'null' };
  if (typeof value === 'string') return { cell: cut(value, maxRecordCharacters), type: 'string' };
  if (typeof value === 'boolean') return { cell: value, type: 'boolean' };
  if (typeof value === 'number' && Number.isFinite(value)) return { cell: value, type: 'number' };
  if (typeof value === 'object' && brandOf(value, isProxy) === 'date') {
    const time = dateTime(value);
    if (!Number.isNaN(time)) return { cell: new Date(time).toISOString(), type: 'datetime' };
  }
  return { cell: cut(preview(value).text, maxRecordCharacters), type: 'any' };
}
