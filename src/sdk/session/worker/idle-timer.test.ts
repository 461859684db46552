import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { liveResources } from '../../../protocol/resources/live-resources.js';
import { IdleTimer } from './idle-timer.js';

describe('an idle timer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('calls back each time the timeout has passed, until it is stopped', () => {
    const before = liveResources();
    const onTimeout = vi.fn();
    const timer = new IdleTimer(100, onTimeout);
    expect(timer.since).toBeUndefined();
    timer.start();
    expect(timer.since).toBe(performance.now());
    vi.advanceTimersByTime(90);
    timer.start();
    vi.advanceTimersByTime(99);
    expect(onTimeout).not.toHaveBeenCalled();
    vi.advanceTimersByTime(101);
    expect(onTimeout).toHaveBeenCalledTimes(2);
    timer.stop();
    vi.advanceTimersByTime(1_000);
    expect(onTimeout).toHaveBeenCalledTimes(2);
    expect(timer.since).toBeUndefined();
    expect(liveResources()).toEqual(before);
  });

  it('needs no timer of the browser for an infinite timeout', () => {
    const timer = new IdleTimer(Infinity, () => undefined);
    timer.start();
    expect(vi.getTimerCount()).toBe(0);
    expect(timer.since).toBeDefined();
  });
});
