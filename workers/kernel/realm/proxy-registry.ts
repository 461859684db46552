const NativeProxy = Proxy;
const { construct, defineProperty } = Reflect;

/**
 * The targets of the reader's proxies. There is no other way to recognise a proxy without running its traps, which a preview
 * must not do. So the reader's `Proxy` constructor records each proxy.
 */
export class ProxyRegistry {
  readonly #targets = new WeakMap<object, object>();

  isProxy(value: object): boolean {
    return this.#targets.has(value);
  }

  targetOf(proxy: object): object | undefined {
    return this.#targets.get(proxy);
  }

  /** Replaces the realm's `Proxy` by one with the same observable behaviour. */
  install(realm: { Proxy: ProxyConstructor }): void {
    const targets = this.#targets;
    const revocable = {
      revocable(target: object, handler: ProxyHandler<object>): { proxy: object; revoke: () => void } {
        const made = NativeProxy.revocable(target, handler);
        targets.set(made.proxy, target);
        return made;
      },
    }.revocable;
    const noting = new NativeProxy(NativeProxy, {
      construct(native, args: [object, ProxyHandler<object>], newTarget) {
        const proxy = construct(native, args, newTarget === noting ? native : newTarget) as object;
        targets.set(proxy, args[0]);
        return proxy;
      },
      get: (native, key, receiver) =>
        key === 'revocable' ? revocable : (Reflect.get(native, key, receiver) as unknown),
    });
    defineProperty(realm, 'Proxy', { value: noting, writable: true, enumerable: false, configurable: true });
  }
}
