import { ROOT_CONTEXT, type Context, type ContextManager } from '@opentelemetry/api';
import { AsyncContext } from '../context/async-context/async-context.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/**
 * A context manager of OpenTelemetry: the active context follows `await`, promises and timers, without zone.js. It covers
 * instrumented code (`codemode-playground/vite`); other code has the root context. `enable()` starts it, and `register()` of a
 * tracer provider calls that.
 * @example
 * new WebTracerProvider().register({ contextManager: new CodemodeContextManager() });
 */
// OpenTelemetry's own name for it.
// oxlint-disable-next-line codemode/no-vague-names
export class CodemodeContextManager implements ContextManager {
  #variable: InstanceType<typeof AsyncContext.Variable<Context>> | undefined;

  /** The active context; `ROOT_CONTEXT` where none is, and while the manager is disabled. */
  active(): Context {
    return this.#variable?.get() ?? ROOT_CONTEXT;
  }

  /** Calls `fn` with `context` active, and returns its result. @param thisArg `this` in `fn` @default undefined */
  with<Args extends unknown[], Fn extends (...args: Args) => ReturnType<Fn>>(
    context: Context,
    fn: Fn,
    thisArg?: ThisParameterType<Fn>,
    ...args: Args
  ): ReturnType<Fn> {
    const call = (): ReturnType<Fn> => Reflect.apply(fn, thisArg, args) as ReturnType<Fn>;
    return this.#variable === undefined ? call() : this.#variable.run(context, call);
  }

  /** A function that calls `target` with `context` active and its own `this`. A value that is not a function comes back unchanged. */
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

  /** Starts the manager. A second call changes nothing. */
  enable(): this {
    this.#variable ??= new AsyncContext.Variable<Context>({ name: 'OpenTelemetry context' });
    return this;
  }

  /** Stops the manager. The contexts that are active now are lost, also after `enable()`. */
  disable(): this {
    this.#variable = undefined;
    return this;
  }
}
