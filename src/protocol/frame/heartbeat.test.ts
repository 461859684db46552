import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Heartbeat } from './heartbeat.js';
import { liveResources } from '../resources/live-resources.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A heartbeat whose other side answers while `answers` holds; a beat is 50 ms. */
function start() {
  const other = { answers: true, pings: 0, silent: 0 };
  const heartbeat = new Heartbeat({
    timeout: 100,
    ping: (count) => {
      other.pings += 1;
      if (other.answers) heartbeat.answer(count);
    },
    onSilent: () => {
      other.silent += 1;
    },
  });
  return { heartbeat, other };
}

describe('Heartbeat', () => {
  it('beats only while somebody watches', () => {
    const before = liveResources();
    const { heartbeat, other } = start();
    vi.advanceTimersByTime(1_000);
    expect(other.pings).toBe(0);
    const watches = [heartbeat.watch(), heartbeat.watch()];
    vi.advanceTimersByTime(100);
    expect(other.pings).toBe(2);
    expect(liveResources().timer).toBe(before.timer + 1);
    for (const watch of watches) {
      watch.dispose();
      watch.dispose();
    }
    vi.advanceTimersByTime(1_000);
    expect(other.pings).toBe(2);
    expect(liveResources()).toEqual(before);
  });

  it('beats for a watch while another is disposed twice', () => {
    const { heartbeat, other } = start();
    const [first, second] = [heartbeat.watch(), heartbeat.watch()];
    first.dispose();
    first.dispose();
    vi.advanceTimersByTime(100);
    expect(other.pings).toBe(2);
    second.dispose();
  });

  it('counts no beat that was missed before a watch', () => {
    const { heartbeat, other } = start();
    other.answers = false;
    const watch = heartbeat.watch();
    vi.advanceTimersByTime(10 + 50);
    watch.dispose();
    heartbeat.watch();
    vi.advanceTimersByTime(10 + 50);
    expect(other.silent).toBe(0);
    vi.advanceTimersByTime(50);
    expect(other.silent).toBe(1);
  });

  it('does not beat after its end, whoever watches', () => {
    const before = liveResources();
    const { heartbeat, other } = start();
    heartbeat.end();
    heartbeat.watch();
    expect(liveResources()).toEqual(before);
    vi.advanceTimersByTime(1_000);
    expect(other.pings).toBe(0);
  });

  it('asks nothing of a side that is watched for a moment only', () => {
    const { heartbeat, other } = start();
    const watch = heartbeat.watch();
    vi.advanceTimersByTime(9);
    watch.dispose();
    vi.advanceTimersByTime(1_000);
    expect(other.pings).toBe(0);
  });

  it('reports silence once, after two beats without an answer', () => {
    const { heartbeat, other } = start();
    heartbeat.watch();
    vi.advanceTimersByTime(1_000);
    other.answers = false;
    vi.advanceTimersByTime(50 + 50);
    expect(other.silent).toBe(0);
    vi.advanceTimersByTime(50);
    expect(other.silent).toBe(1);
    vi.advanceTimersByTime(1_000);
    heartbeat.watch();
    vi.advanceTimersByTime(1_000);
    expect(other.silent).toBe(1);
  });

  it('forgives an answer that came late', () => {
    const { heartbeat, other } = start();
    other.answers = false;
    heartbeat.watch();
    vi.advanceTimersByTime(50);
    heartbeat.answer(other.pings);
    vi.advanceTimersByTime(50 + 50);
    expect(other.silent).toBe(0);
  });

  it('does not hold what happened unwatched against the other side', () => {
    const { heartbeat, other } = start();
    other.answers = false;
    heartbeat.watch().dispose();
    other.answers = true;
    heartbeat.watch();
    vi.advanceTimersByTime(1_000);
    expect(other.silent).toBe(0);
  });

  it('is over once it is ended', () => {
    const before = liveResources();
    const { heartbeat, other } = start();
    heartbeat.watch();
    vi.advanceTimersByTime(10);
    heartbeat.end();
    heartbeat.watch();
    vi.advanceTimersByTime(1_000);
    expect(other.pings).toBe(1);
    expect(liveResources()).toEqual(before);
  });

  it('is asked at once by a probe, which waits for an answer that was given since', async () => {
    const { heartbeat, other } = start();
    await heartbeat.probe();
    expect(other.pings).toBe(1);
    other.answers = false;
    let answered = 0;
    void heartbeat.probe().then(() => answered++);
    void heartbeat.probe().then(() => answered++);
    heartbeat.answer(1);
    await Promise.resolve();
    expect(answered).toBe(0);
    heartbeat.answer(3);
    await Promise.resolve();
    expect(answered).toBe(2);
  });

  it('gives a side that a probe asked just before a beat no less time', () => {
    const { heartbeat, other } = start();
    heartbeat.watch();
    vi.advanceTimersByTime(50);
    other.answers = false;
    void heartbeat.probe();
    vi.advanceTimersByTime(50 + 50);
    expect(other.silent).toBe(0);
    vi.advanceTimersByTime(50 + 50);
    expect(other.silent).toBe(1);
  });
});
