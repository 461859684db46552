import { describe, expect, it } from 'vitest';
import { childTraceparent, makeTraceparent, parseTraceparent } from './traceparent.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const parentId = 'b7ad6b7169203331';

describe('traceparent', () => {
  it('reads the parts', () => {
    expect(parseTraceparent(`00-${traceId}-${parentId}-01`)).toEqual({
      version: '00',
      traceId,
      parentId,
      sampled: true,
    });
    expect(parseTraceparent(`00-${traceId}-${parentId}-02`)).toMatchObject({ sampled: false });
  });

  it.each([
    ['a longer version 00', `00-${traceId}-${parentId}-01-extra`],
    ['version ff', `ff-${traceId}-${parentId}-01`],
    ['capitals', `00-${traceId.toUpperCase()}-${parentId}-01`],
    ['a zero trace id', `00-${'0'.repeat(32)}-${parentId}-01`],
    ['a zero parent id', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['a short id', `00-${traceId.slice(1)}-${parentId}-01`],
    ['no flags', `00-${traceId}-${parentId}`],
    ['more after flags without a dash', `01-${traceId}-${parentId}-01x`],
    ['blanks', ` 00-${traceId}-${parentId}-01`],
    ['nothing', ''],
  ])('refuses %s', (_name, text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });

  it('reads a higher version by what it knows of it', () => {
    expect(parseTraceparent(`cc-${traceId}-${parentId}-03`)).toMatchObject({ version: 'cc', sampled: true });
    expect(parseTraceparent(`cc-${traceId}-${parentId}-00-what-the-future-holds`)).toMatchObject({
      traceId,
      sampled: false,
    });
  });

  it('writes version 00, of a new trace or a given one', () => {
    expect(makeTraceparent()).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(makeTraceparent({ traceId, parentId, sampled: false })).toBe(`00-${traceId}-${parentId}-00`);
    expect(() => makeTraceparent({ traceId: 'x' })).toThrow(TypeError);
  });

  it('a child keeps trace and sampling, has its own id, and sets no flag that level 1 does not know', () => {
    const child = childTraceparent(`cc-${traceId}-${parentId}-ff-more`);
    expect(parseTraceparent(child)).toMatchObject({ version: '00', traceId, sampled: true });
    expect(child).toMatch(/-01$/);
    expect(child).not.toContain(parentId);
    expect(parseTraceparent(childTraceparent('nonsense'))).toBeDefined();
  });
});
