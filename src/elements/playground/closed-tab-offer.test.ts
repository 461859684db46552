import type { ReactiveControllerHost } from 'lit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ClosedTabOffer } from './closed-tab-offer.js';
import type { PlaygroundTab } from './playground-tab.js';

const host = { requestUpdate: vi.fn() } as unknown as ReactiveControllerHost;
const tab = () => ({ release: vi.fn(async () => undefined) }) as unknown as PlaygroundTab;

describe('ClosedTabOffer', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('ends the session when the time has passed', () => {
    const offer = new ClosedTabOffer(host, 1000);
    const closed = tab();
    offer.make(closed, 2);
    expect(offer.tab).toBe(closed);
    vi.advanceTimersByTime(1000);
    expect(closed.release).toHaveBeenCalledTimes(1);
    expect(offer.tab).toBeUndefined();
  });

  it('gives the tab back with its place, and leaves its session alone', () => {
    const offer = new ClosedTabOffer(host, 1000);
    const closed = tab();
    offer.make(closed, 2);
    expect(offer.accept()).toEqual({ tab: closed, index: 2 });
    vi.advanceTimersByTime(5000);
    expect(closed.release).not.toHaveBeenCalled();
    expect(offer.accept()).toBeUndefined();
  });

  it('ends the offer before', () => {
    const offer = new ClosedTabOffer(host, 1000);
    const [first, second] = [tab(), tab()];
    offer.make(first, 0);
    offer.make(second, 0);
    expect(first.release).toHaveBeenCalledTimes(1);
    expect(second.release).not.toHaveBeenCalled();
  });
});
