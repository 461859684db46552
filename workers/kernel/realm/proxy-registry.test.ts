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

  it('F2: knows proxies however code comes by the constructor, and whatever it has made of built-ins', () => {
    const { value: revocable } = Object.getOwnPropertyDescriptor(realm.Proxy, 'revocable') as {
      value: ProxyConstructor['revocable'];
    };
    expect(revocable).toBe(realm.Proxy.revocable);
    expect(registry.isProxy(revocable({}, {}).proxy)).toBe(true);

    const { set } = WeakMap.prototype;
    WeakMap.prototype.set = function (this: WeakMap<object, object>) {
      return this;
    } as typeof set;
    const proxy = new realm.Proxy({}, {});
    WeakMap.prototype.set = set;
    expect(registry.isProxy(proxy)).toBe(true);
  });

  it.each(['get', 'has', 'getOwnPropertyDescriptor', 'apply', 'getPrototypeOf', 'ownKeys'])(
    'F2: gives the native constructor to no trap %s that code puts on Object.prototype',
    (trap) => {
      const given: unknown[] = [];
      Object.defineProperty(Object.prototype, trap, {
        configurable: true,
        value: (target: unknown) => void given.push(target),
      });
      const asked = [
        () => realm.Proxy.name,
        () => 'x' in realm.Proxy,
        () => Object.getOwnPropertyDescriptor(realm.Proxy, 'name'),
        () => (realm.Proxy as unknown as () => void)(),
        () => Object.getPrototypeOf(realm.Proxy) as unknown,
        () => Reflect.ownKeys(realm.Proxy),
      ];
      try {
        for (const ask of asked) {
          try {
            ask();
          } catch {
            // A native one throws too.
          }
        }
      } finally {
        Reflect.deleteProperty(Object.prototype, trap);
      }
      expect(given).toEqual([]);
    },
  );

  it('is what the native constructor is', () => {
    expect([realm.Proxy.name, realm.Proxy.length]).toEqual(['Proxy', 2]);
    expect(() => (realm.Proxy as unknown as () => void)()).toThrow(TypeError);
    expect(() => new realm.Proxy(1 as never, {})).toThrow(TypeError);
  });
});
