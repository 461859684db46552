import { describe, expect, it } from 'vitest';
import { layOut } from '../layout.js';
import { execution, part } from '../testing/spans.js';
import { linksOf } from './links.js';

const root = execution('a', 0, 200);
const run = part(root, 'run', 10, 190);
const call = part(run, 'tool', 20, 80, { name: 'tools.outer' });
const inner = part(call, 'tool', 30, 40, { name: 'tools.inner' });
const wait = part(run, 'wait', 21, 82);
const later = part(run, 'wait', 100, 150);
const layout = layOut([[root, run, call, wait, inner, later]]);
const linksFor = ({ spanId }: typeof call): string[] =>
  linksOf(layout.byId.get(spanId)!, layout).map(({ kind, from, to }) => `${kind} ${from.span.name} ${to.span.name}`);

describe('linksOf', () => {
  it('G2: lead from the parent and to what was begun', () => {
    expect(linksFor(inner)).toEqual(['starts tools.outer tools.inner']);
    expect(linksFor(run)).toEqual(['starts a run', 'starts run tools.outer', 'starts run wait', 'starts run wait']);
  });

  it('G2: lead from a tool call to where the code went on, and back', () => {
    expect(linksFor(call)).toEqual([
      'starts run tools.outer',
      'starts tools.outer tools.inner',
      'resumes tools.outer wait',
    ]);
    expect(linksFor(wait)).toContain('resumes tools.outer wait');
    expect(linksFor(later)).toEqual(['starts run wait']);
  });
});
