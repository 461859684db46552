import { describe, expect, it } from 'vitest';
import type { ObjectPreview, Preview, PropertyPreview } from '../../protocol/previews/preview.js';
import { inspectorRows, isExpandable, type InspectorState } from './inspector-rows.js';

const number = (value: number): Preview => ({ type: 'number', text: String(value) });

function object(properties: Record<string, Preview>, more: Partial<ObjectPreview> = {}): ObjectPreview {
  const list = Object.entries(properties).map(([name, value]): PropertyPreview => ({
    name,
    key: 'string',
    enumerable: true,
    value,
  }));
  return { type: 'object', kind: 'object', className: 'Object', text: '{…}', properties: list, ...more };
}

function state(open: string[], expanded: [string, Preview][] = []): InspectorState {
  return { open: new Set(open), expanded: new Map(expanded) };
}

describe('inspectorRows', () => {
  it('shows the root alone until it is opened, then its properties one level below', () => {
    const preview = object({ a: number(1), b: object({ c: number(2) }) });
    expect(inspectorRows(preview, state([]))).toHaveLength(1);
    const rows = inspectorRows(preview, state(['', '/p1']));
    expect(rows.map((row) => [row.path, row.level, row.open])).toEqual([
      ['', 1, true],
      ['/p0', 2, undefined],
      ['/p1', 2, true],
      ['/p1/p0', 3, undefined],
    ]);
  });

  it('prefers what the session expanded, and keeps the line as it was', () => {
    const preview: Preview = { type: 'object', kind: 'object', className: 'Object', text: '{…}', handle: 'h' };
    const rows = inspectorRows(preview, state([''], [['', object({ a: number(1) })]]));
    expect(rows).toHaveLength(2);
    expect(rows[0]!.content).toMatchObject({ preview: { handle: 'h' } });
  });

  it('puts the value that a getter gave in its place', () => {
    const getter: Preview = { type: 'object', kind: 'getter', className: '', text: '(…)', handle: 'g' };
    expect(isExpandable(getter)).toBe(false);
    const rows = inspectorRows(object({ lazy: getter }), state([''], [['/p0', number(7)]]));
    expect(rows[1]!.content).toMatchObject({ preview: { text: '7' } });
  });

  it('tells how much was left out, and shows source and frames', () => {
    const frame = { functionName: 'f', file: 'cell-1.ts', line: 1, column: 2 };
    const rows = inspectorRows(object({}, { more: 3, source: '() => 1', stack: [frame] }), state(['']));
    expect(rows.slice(1).map((row) => row.content.kind)).toEqual(['frame', 'source', 'more']);
  });
});
