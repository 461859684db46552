import { Patches } from '../../../src/context/platform/patches.js';
import { construct, setPrototypeOf } from '../../../src/context/pristine-built-ins.js';
import { PristineWeakMap } from '../../../src/context/pristine-collections.js';

const NativeProxy = Proxy;
const nativeRevocable = Proxy.revocable;

/**
 * The targets of the reader's proxies. There is no other way to recognise a proxy without running its traps, which a preview
 * must not do. So the reader's `Proxy` constructor records each proxy.
 */
export class ProxyRegistry {
  readonly #targets = new PristineWeakMap<object, object>();

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
        const made = nativeRevocable(target, handler);
        targets.set(made.proxy, target);
        return made;
      },
    }.revocable;
    const handler: ProxyHandler<ProxyConstructor> = {
      construct(native, args: [object, ProxyHandler<object>], newTarget) {
        const proxy = construct(native, args, newTarget === noting ? native : newTarget) as object;
        targets.set(proxy, args[0]);
        return proxy;
      },
    };
    // Code may put a trap on `Object.prototype`, which would be given the native constructor.
    setPrototypeOf(handler, null);
    const noting = new NativeProxy(NativeProxy, handler);
    // On the native one, so that a descriptor has it too.
    const patches = new Patches();
    patches.replace(NativeProxy, 'revocable', revocable);
    patches.replace(realm, 'Proxy', noting);
  }
}
