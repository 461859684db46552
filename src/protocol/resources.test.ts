import { describe, expect, it } from 'vitest';
import { after, every, listen, liveResources, trackResource } from './resources.js';

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
});
