import { describe, expect, it } from 'vitest';
import type { NamespaceEntry } from '../../protocol/messages/wire.js';
import { ambientDeclarations } from './tool-types.js';

function entry(name: string, kind: NamespaceEntry['kind'], type: string): NamespaceEntry {
  return {
    name,
    kind,
    type,
    preview: { type: 'undefined', text: 'undefined' },
    mode: 'async',
    time: 0,
    size: 0,
    pending: false,
  };
}

describe('ambientDeclarations', () => {
  it('declares tools, context, config and display', () => {
    const text = ambientDeclarations({
      tools: [{ name: 'weather', description: '', kind: 'async', requiredContext: [] }],
    });
    for (const name of ['weather(', 'const context: RuntimeContext', 'const config', 'function display'])
      expect(text).toContain(name);
    expect(ambientDeclarations({})).toContain('declare const tools: Record<string');
  });

  it('declares the names of earlier cells, unless the session has them', () => {
    const text = ambientDeclarations({
      namespace: [entry('total', 'let', 'number')],
      cells: ['let total = 1;', 'const client = 2;\nmade = 3;'],
    });
    expect(text).toContain('declare let client: any;');
    expect(text).toContain('declare let made: any;');
    expect(text).not.toContain('total: any');
  });

  it('declares the variables of the session by their kind', () => {
    const text = ambientDeclarations({
      namespace: [
        entry('total', 'let', 'number'),
        entry('add', 'function', '(a: number) => number'),
        entry('Point', 'class', 'typeof Point'),
      ],
    });
    expect(text).toContain('declare let total: number;');
    expect(text).toContain('declare const add: (a: number) => number;');
    expect(text).toContain('type Point = any;');
  });
});
