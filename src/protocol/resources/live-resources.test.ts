import { describe, expect, it, vi } from 'vitest';
import { after, afterListening, every } from './timers.js';
import { listen } from './listen.js';
import { liveResources, trackResource } from './live-resources.js';

describe('resources', () => {
  it('are counted while they are open, and released once', () => {
    const before = liveResources();
    const release = trackResource('frame');
    expect(liveResources().frame).toBe(before.frame + 1);
    release();
    release();
    expect(liveResources()).toEqual(before);
  });

  it('count a listener until it is removed', () => {
    const before = liveResources();
    const target = new EventTarget();
    let heard = 0;
    const unlisten = listen(target, 'x', () => {
      heard += 1;
    });
    target.dispatchEvent(new Event('x'));
    expect(liveResources().listener).toBe(before.listener + 1);
    unlisten();
    target.dispatchEvent(new Event('x'));
    expect(heard).toBe(1);
    expect(liveResources()).toEqual(before);
  });

  it('count a timer until it has fired or was stopped', async () => {
    const before = liveResources();
    const stopAfter = after(1e6, () => undefined);
    const stopEvery = every(1e6, () => undefined);
    expect(liveResources().timer).toBe(before.timer + 2);
    stopAfter();
    stopEvery();
    await new Promise<void>((resolve) => after(0, resolve));
    expect(liveResources()).toEqual(before);
  });

  it('a wait for a message hears what came while the page was blocked', async () => {
    const before = liveResources();
    const { port1, port2 } = new MessageChannel();
    const first = await new Promise((resolve) => {
      const cancel = afterListening(50, () => resolve('over'));
      port1.onmessage = () => {
        cancel();
        resolve('heard');
      };
      port2.postMessage('x');
      const blockedUntil = performance.now() + 100;
      while (performance.now() < blockedUntil);
    });
    port1.close();
    expect(first).toBe('heard');
    expect(liveResources()).toEqual(before);
  });

  it('a wait for a message ends after its time, and not before', () => {
    vi.useFakeTimers();
    try {
      let isOver = false;
      afterListening(500, () => {
        isOver = true;
      });
      vi.advanceTimersByTime(499);
      expect(isOver).toBe(false);
      vi.advanceTimersByTime(1);
      expect(isOver).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
