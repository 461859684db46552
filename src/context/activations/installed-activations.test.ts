import { afterEach, describe, expect, it, vi } from 'vitest';
import { activations } from './activations.js';

describe('the module that instrumented code imports', () => {
  const { then } = Promise.prototype;

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it('leaves the platform as it is where AsyncContext is native', async () => {
    vi.stubGlobal('AsyncContext', { Variable: class {}, Snapshot: class {} });
    await import('./installed-activations.js');
    expect(Promise.prototype.then).toBe(then);
  });

  it('exports every activation function, and installs the platform', async () => {
    expect(Object.keys(await import('./installed-activations.js')).toSorted()).toEqual(
      Object.keys(activations).toSorted(),
    );
    expect(Promise.prototype.then).not.toBe(then);
  });
});
