import { describe, expect, it } from 'vitest';
import { GlobalPaths } from './global-paths.js';

describe('paths of globals', () => {
  it('C7: finds what the realm had from the start, and nothing that came later', () => {
    const realm = Object.assign(Object.create({ inherited: Math.max }) as Record<string, unknown>, {
      Math,
      Array,
      print: () => 1,
    });
    const paths = new GlobalPaths(realm);
    realm['later'] = () => 2;
    expect(
      [Math, Math.floor, Array.prototype, Array.prototype.push, realm['print'] as object, realm].map((object) =>
        paths.pathOf(object),
      ),
    ).toEqual(['Math', 'Math.floor', 'Array.prototype', 'Array.prototype.push', 'print', 'globalThis']);
    expect(paths.pathOf(realm['later'] as object)).toBeUndefined();
    expect(paths.resolve('Array.prototype.push')).toBe(Array.prototype.push);
    expect(paths.resolve('inherited')).toBe(Math.max);
    expect(paths.resolve('later')).toBeUndefined();
    expect(paths.resolve('Math.nothing')).toBeUndefined();
  });

  it('runs no accessor', () => {
    const realm = {
      get trap(): object {
        throw new Error('read');
      },
    };
    expect(new GlobalPaths(realm).pathOf(Math)).toBeUndefined();
  });
});
