import { ROOT_CONTEXT, type Context, type ContextManager } from '@opentelemetry/api';
import { AsyncContext } from '../context/async-context.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/**
 * OpenTelemetry's context manager: keeps the active context across `await`, promises and timers, without zone.js. It covers code that
 * was instrumented (`codemode-playground/vite`); other code sees the root context. It starts when it is enabled, which `register` of
 * a tracer provider does.
 */
// OpenTelemetry's own name for it.
// oxlint-disable-next-line codemode/no-vague-names
export class CodemodeContextManager implements ContextManager {
  #variable: InstanceType<typeof AsyncContext.Variable<Context>> | undefined;

  active(): Context {
    return this.#variable?.get() ?? ROOT_CONTEXT;
  }

  with<Args extends unknown[], Fn extends (...args: Args) => ReturnType<Fn>>(
    context: Context,
    fn: Fn,
    thisArg?: ThisParameterType<Fn>,
    ...args: Args
  ): ReturnType<Fn> {
    const call = (): ReturnType<Fn> => Reflect.apply(fn, thisArg, args) as ReturnType<Fn>;
    return this.#variable === undefined ? call() : this.#variable.run(context, call);
  }

  /** A function that calls `target` with that context active, with its own `this`. What is no function comes back as it is. */
  bind<Target>(context: Context, target: Target): Target {
    if (typeof target !== 'function') return target;
    const run = (fn: () => unknown): unknown => this.with(context, fn);
    const bound = function (this: unknown, ...args: unknown[]): unknown {
      return run(() => Reflect.apply(target as AnyFunction & Target, this, args));
    };
    for (const key of ['name', 'length'] as const)
      Object.defineProperty(bound, key, { value: target[key], configurable: true });
    return bound as Target;
  }

  enable(): this {
    this.#variable ??= new AsyncContext.Variable<Context>({ name: 'OpenTelemetry context' });
    return this;
  }

  /** Contexts that are active now are gone, also when it is enabled again. */
  disable(): this {
    this.#variable = undefined;
    return this;
  }
}
