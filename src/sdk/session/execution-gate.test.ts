import { describe, expect, it } from 'vitest';
import { ExecutionGate } from './execution-gate.js';

async function admitted(gate: ExecutionGate, exclusive: boolean, log: string[], name: string): Promise<() => void> {
  const { begun, leave } = await gate.enter(exclusive);
  log.push(name);
  begun();
  return leave;
}

describe('the gate of a session', () => {
  it('lets ordinary executions in together and an exclusive one alone, in order', async () => {
    const gate = new ExecutionGate();
    const log: string[] = [];
    const leaveFirst = await admitted(gate, false, log, 'first');
    const leaveSecond = await admitted(gate, false, log, 'second');
    const exclusive = admitted(gate, true, log, 'exclusive');
    const later = admitted(gate, false, log, 'later');
    await Promise.resolve();
    expect(log).toEqual(['first', 'second']);
    leaveFirst();
    await Promise.resolve();
    expect(log).toEqual(['first', 'second']);
    leaveSecond();
    const leaveExclusive = await exclusive;
    await Promise.resolve();
    expect(log).toEqual(['first', 'second', 'exclusive']);
    leaveExclusive();
    await later;
    expect(log).toEqual(['first', 'second', 'exclusive', 'later']);
  });

  it('F8: sends eight ahead, and the next one when one of them has begun or ended', async () => {
    const gate = new ExecutionGate();
    const inside: number[] = [];
    const passes = Array.from({ length: 11 }, async (_, at) => {
      const pass = await gate.enter(false);
      inside.push(at);
      return pass;
    });
    await Promise.resolve();
    expect(inside).toHaveLength(8);
    const [first, second] = await Promise.all([passes[0]!, passes[1]!]);
    first.begun();
    first.begun();
    await passes[8];
    expect(inside).toHaveLength(9);
    first.leave();
    await Promise.resolve();
    expect(inside).toHaveLength(9);
    second.leave();
    await passes[9];
    expect(inside).toHaveLength(10);
  });

  it('counts a way out that is taken twice once', async () => {
    const gate = new ExecutionGate();
    const log: string[] = [];
    const leaveFirst = await admitted(gate, false, log, 'first');
    await admitted(gate, false, log, 'second');
    leaveFirst();
    leaveFirst();
    void admitted(gate, true, log, 'exclusive');
    await Promise.resolve();
    expect(log).toEqual(['first', 'second']);
  });
});
