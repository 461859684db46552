import { describe, expect, it } from 'vitest';
import { SpanContexts, type ContextMark } from './span-contexts.js';
import { execution } from './testing/spans.js';

const runs = (...clients: string[]) => clients.map((client_id) => execution('a', 0, 1, { client_id }));
const look = ({ hue, pattern }: ContextMark): string => `${hue}/${pattern}`;

describe('SpanContexts', () => {
  it('G2: gives equal contexts the same mark, and others a letter and a look of their own', () => {
    const clients = Array.from({ length: 28 }, (_, index) => `client ${index}`);
    const contexts = new SpanContexts();
    const marks = contexts.assign(runs(...clients, ...clients));
    expect(marks.slice(28)).toEqual(marks.slice(0, 28));
    expect(new Set(marks.map(look)).size).toBe(28);
    expect(new Set(marks.map(({ letter }) => letter)).size).toBe(28);
    expect(marks.slice(0, 7).map(({ pattern }) => pattern)).toEqual(Array.from({ length: 7 }, () => 0));
    expect([marks[0]!.letter, marks[26]!.letter, marks[0]!.text]).toEqual(['A', 'AA', 'client_id: client 0']);
  });

  it('keeps the mark of a context while it is in use', () => {
    const contexts = new SpanContexts();
    const [, before] = contexts.assign(runs('a', 'b'));
    const [after, other] = contexts.assign(runs('b', 'c'));
    expect(after).toEqual(before);
    expect(other).not.toEqual(before);
    expect(contexts.all.map(({ text }) => text)).toEqual(['client_id: b', 'client_id: c']);
  });

  it('takes the colour from the variables, so it is the same on another page', () => {
    const [alone] = new SpanContexts().assign(runs('acme'));
    const [again] = new SpanContexts().assign(runs('acme', 'globex'));
    expect(again!.hue).toBe(alone!.hue);
  });

  it('gives executions without variables no mark', () => {
    expect(new SpanContexts().assign([execution('a', 0, 1)])).toEqual([{ letter: '', text: '', hue: -1, pattern: 0 }]);
  });
});
