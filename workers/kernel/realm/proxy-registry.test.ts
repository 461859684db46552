import { describe, expect, it } from 'vitest';
import { ProxyRegistry } from './proxy-registry.js';

describe('the registry of proxies', () => {
  const realm = { Proxy };
  const registry = new ProxyRegistry();
  registry.install(realm);

  it('knows the target of what code makes, revocable ones included', () => {
    const target = {};
    const proxy = new realm.Proxy(target, { get: () => 1 }) as { x?: number };
    const { proxy: second } = realm.Proxy.revocable(target, {});
    expect([registry.isProxy(proxy), registry.isProxy(second), registry.isProxy(target)]).toEqual([true, true, false]);
    expect(registry.targetOf(proxy)).toBe(target);
    expect(proxy.x).toBe(1);
  });

  it('is what the native constructor is', () => {
    expect([realm.Proxy.name, realm.Proxy.length]).toEqual(['Proxy', 2]);
    expect(() => (realm.Proxy as unknown as () => void)()).toThrow(TypeError);
    expect(() => new realm.Proxy(1 as never, {})).toThrow(TypeError);
  });
});
