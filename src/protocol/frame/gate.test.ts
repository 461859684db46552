import { describe, expect, it } from 'vitest';
import { Gate } from './gate.js';
import { maxPacketBytes, maxPacketCharacters } from '../bounds.js';
import {
  enforcedInFlight,
  enforcedTraffic,
  workerInFlight,
  workerOrderedInFlight,
  workerTraffic,
} from '../endpoint/traffic.js';

const traffic = { messages: { burst: 3, perMillisecond: 0.1 }, bytes: { burst: 100, perMillisecond: 1 } };

describe('Gate', () => {
  it('lets packets pass, a string or a string and buffers', () => {
    const gate = new Gate(0, traffic);
    expect(gate.refuse('x', 0, 0)).toBeUndefined();
    expect(gate.refuse(['x', new ArrayBuffer(8)], 0, 0)).toBeUndefined();
  });

  it.each<[string, unknown, number]>([
    ['an object', {}, 0],
    ['a graph', [{}, {}], 0],
    ['a port', 'x', 1],
    ['a long string', 'x'.repeat(maxPacketCharacters + 1), 0],
    ['large buffers', ['x', new ArrayBuffer(maxPacketBytes + 1)], 0],
    ['an array of strings', ['x', 'y'], 0],
  ])('refuses %s', (_, data, ports) => {
    expect(new Gate(0).refuse(data, ports, 0)).toMatch('invalid or too large');
  });

  it('refuses too many messages for the time, and counts those that it refused', () => {
    const gate = new Gate(0, traffic);
    for (const data of ['x', {}, 'x']) gate.refuse(data, 0, 0);
    expect(gate.refuse('x', 0, 0)).toBe('too many messages');
    expect(gate.refuse('x', 0, 9)).toBe('too many messages');
    expect(gate.refuse('x', 0, 10)).toBeUndefined();
  });

  it('refuses too many bytes for the time', () => {
    const gate = new Gate(0, traffic);
    expect(gate.refuse(['x', new ArrayBuffer(99)], 0, 0)).toBeUndefined();
    expect(gate.refuse('xx', 0, 1)).toBe('too many bytes');
    expect(gate.refuse('xx', 0, 2)).toBeUndefined();
  });
});

describe('limits', () => {
  it('let a worker that keeps to its own never meet those of the gate, also when all its calls arrive late at once', () => {
    for (const kind of ['messages', 'bytes'] as const) {
      expect(workerTraffic[kind].perMillisecond).toBeLessThan(enforcedTraffic[kind].perMillisecond);
    }
    expect(enforcedTraffic.messages.burst).toBeGreaterThan(workerTraffic.messages.burst + enforcedInFlight);
    expect(workerTraffic.bytes.burst).toBeGreaterThan(maxPacketBytes + maxPacketCharacters);
    expect(enforcedTraffic.bytes.burst).toBeGreaterThan(workerTraffic.bytes.burst);
    expect(workerInFlight).toBeLessThan(workerOrderedInFlight);
    expect(workerOrderedInFlight).toBeLessThan(enforcedInFlight);
  });
});
