import { expect, it } from 'vitest';
import { FunctionSources } from './function-sources.js';

const textsOf = (source: string): ReadonlyMap<string, string> => new Map([['function f() {}', source]]);
const origins = (source: string) => new Map([['function f() {}', { source, captured: [], hasPrivate: false }]]);
const unit = (source: string) => ({ functionSources: () => textsOf(source), functionOrigins: () => origins(source) });
const never = (): never => expect.unreachable();
const unread = { functionSources: never, functionOrigins: never };

// eslint-disable-next-line func-style, no-empty-function -- its text is what the units know
function f() {}

it('reads of modules those alone that hold the text', () => {
  const sources = new FunctionSources();
  sources.addModule({ code: 'function g() {}', ...unread });
  sources.addModule({ code: `(m) => { ${f.toString()} }`, ...unit('of the module') });
  sources.addModule({ code: `(m) => { ${f.toString()} }`, ...unread });
  expect(sources.sourceOf(f)).toBe('of the module');
  expect(sources.originOf(f)).toHaveProperty('source', 'of the module');
});

it('reads no module for a function of a cell or of the engine', () => {
  const sources = new FunctionSources();
  sources.addModule({ code: `${f.toString()} ${Map.toString()}`, ...unread });
  sources.add(unit('of the cell'));
  expect(sources.sourceOf(f)).toBe('of the cell');
  expect(sources.originOf(f)).toHaveProperty('source', 'of the cell');
  expect(sources.sourceOf(Map)).toBe(Map.toString());
  expect(sources.originOf(Map)).toBeUndefined();
});

it('finds in a module that comes later what no module held', () => {
  const sources = new FunctionSources();
  expect(sources.originOf(f)).toBeUndefined();
  sources.addModule({ code: f.toString(), ...unit('of the module') });
  expect(sources.originOf(f)).toHaveProperty('source', 'of the module');
});
