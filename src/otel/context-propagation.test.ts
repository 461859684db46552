import { context, createContextKey, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, WebTracerProvider } from '@opentelemetry/sdk-trace-web';
import { afterEach, describe, expect, it } from 'vitest';
import { AsyncContext } from '../context/async-context/async-context.js';
import { CodemodeContextManager } from './context-propagation.js';

const key = createContextKey('key');
const one = ROOT_CONTEXT.setValue(key, 1);
const two = ROOT_CONTEXT.setValue(key, 2);

describe('CodemodeContextManager', () => {
  const manager = new CodemodeContextManager().enable();

  it('has the root context outside, the innermost inside, and the outer one back afterwards', () => {
    expect(manager.active()).toBe(ROOT_CONTEXT);
    manager.with(one, () => {
      expect(manager.active()).toBe(one);
      expect(manager.with(two, () => manager.active())).toBe(two);
      expect(() =>
        manager.with(two, () => {
          throw new RangeError('x');
        }),
      ).toThrow(RangeError);
      expect(manager.active()).toBe(one);
    });
    expect(manager.active()).toBe(ROOT_CONTEXT);
  });

  it('calls with the receiver and the arguments that it is given', () => {
    const receiver = { base: 1 };
    const add = function (this: typeof receiver, a: number, b: number): number {
      return this.base + a + b;
    };
    expect(manager.with(one, add, receiver, 2, 3)).toBe(6);
  });

  it('binds functions, which keep their receiver, name and length', () => {
    const bound = manager.bind(one, function add(this: { base: number }, a: number) {
      return [manager.active(), this.base + a];
    });
    expect(manager.with(two, () => bound.call({ base: 1 }, 2))).toEqual([one, 3]);
    expect([bound.name, bound.length]).toEqual(['add', 1]);
    const object = {};
    expect(manager.bind(one, object)).toBe(object);
  });

  it('travels with a snapshot', () => {
    const snapshot = manager.with(one, () => new AsyncContext.Snapshot());
    expect(snapshot.run(() => manager.active())).toBe(one);
  });

  it('is off until it is enabled, and forgets what was active when it is disabled', () => {
    const other = new CodemodeContextManager();
    expect(other.with(one, () => other.active())).toBe(ROOT_CONTEXT);
    other.enable();
    other.with(one, () => {
      expect(other.enable().active()).toBe(one);
      expect(other.disable().active()).toBe(ROOT_CONTEXT);
      expect(other.enable().active()).toBe(ROOT_CONTEXT);
    });
  });
});

describe('with the tracer of the web', () => {
  afterEach(() => {
    context.disable();
    trace.disable();
  });

  it('nests spans', () => {
    const exporter = new InMemorySpanExporter();
    const provider = new WebTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
    provider.register({ contextManager: new CodemodeContextManager() });
    const tracer = trace.getTracer('test');
    tracer.startActiveSpan('outer', (outer) => {
      tracer.startSpan('inner').end();
      outer.end();
    });
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId);
    expect(outer?.parentSpanContext).toBeUndefined();
  });
});
