import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveResources } from '../../protocol/resources.js';
import { Idleness } from './idleness.js';

describe('idleness', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells when it has lasted, again and again until it ends', () => {
    const before = liveResources();
    const onLasting = vi.fn();
    const idleness = new Idleness(100, onLasting);
    expect(idleness.since).toBeUndefined();
    idleness.begin();
    expect(idleness.since).toBe(performance.now());
    vi.advanceTimersByTime(90);
    idleness.begin();
    vi.advanceTimersByTime(99);
    expect(onLasting).not.toHaveBeenCalled();
    vi.advanceTimersByTime(101);
    expect(onLasting).toHaveBeenCalledTimes(2);
    idleness.end();
    vi.advanceTimersByTime(1_000);
    expect(onLasting).toHaveBeenCalledTimes(2);
    expect(idleness.since).toBeUndefined();
    expect(liveResources()).toEqual(before);
  });

  it('that may last for ever needs no timer', () => {
    const idleness = new Idleness(Infinity, () => undefined);
    idleness.begin();
    expect(vi.getTimerCount()).toBe(0);
    expect(idleness.since).toBeDefined();
  });
});
