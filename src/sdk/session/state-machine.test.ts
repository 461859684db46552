import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IllegalTransitionError } from './illegal-transition-error.js';
import { agentTurnRules, executionRules, sessionRules } from './state-machine-rules.js';
import { StateMachine, type Transition, type TransitionRules } from './state-machine.js';

type Light = 'red' | 'green' | 'yellow' | 'off';
const lightRules: TransitionRules<Light> = {
  red: ['green', 'off'],
  green: ['yellow', 'off'],
  yellow: ['red', 'off'],
  off: [],
};
const lights = Object.keys(lightRules) as Light[];

function refusal(fn: () => unknown): IllegalTransitionError {
  try {
    fn();
  } catch (error) {
    expect(error).toBeInstanceOf(IllegalTransitionError);
    return error as IllegalTransitionError;
  }
  throw new Error('Expected a refusal, but there was none.');
}

describe('StateMachine', () => {
  it('B3 goes along its rules, one numbered step at a time', () => {
    const machine = new StateMachine(lightRules, 'red');
    expect(machine.can('green')).toBe(true);
    expect(machine.can('yellow')).toBe(false);
    expect(machine.transition('red', 'green', 'go')).toEqual({ from: 'red', to: 'green', sequence: 1, detail: 'go' });
    expect(machine.state).toBe('green');
    expect(machine.final).toBe(false);
    machine.transition('green', 'off');
    expect(machine.final).toBe(true);
  });

  it('B3 refuses an edge that the rules do not have, and stays where it is', () => {
    const machine = new StateMachine(lightRules, 'red');
    const error = refusal(() => machine.transition('red', 'yellow'));
    expect(error).toMatchObject({ name: 'IllegalTransitionError', from: 'red', to: 'yellow', actual: 'red' });
    expect(error.message).toContain('green, off');
    expect(machine.state).toBe('red');
  });

  it('B3 refuses a legal edge from a state that is not the present one', () => {
    const machine = new StateMachine(lightRules, 'red');
    machine.transition('red', 'green');
    expect(refusal(() => machine.transition('red', 'off'))).toMatchObject({ from: 'red', to: 'off', actual: 'green' });
    expect(machine.state).toBe('green');
  });

  it('B3 announces transitions made by a listener after the one it hears of, to all in the same order', () => {
    const machine = new StateMachine(lightRules, 'red');
    const heard: string[] = [];
    let depth = 0;
    machine.subscribe(({ to }) => {
      depth += 1;
      expect(depth).toBe(1);
      heard.push(`first ${to}`);
      if (to === 'green') machine.transition('green', 'yellow');
      if (to === 'yellow') machine.transition('yellow', 'off');
      depth -= 1;
    });
    machine.subscribe(({ to }) => heard.push(`second ${to}`));
    machine.transition('red', 'green');
    expect(heard).toEqual(['first green', 'second green', 'first yellow', 'second yellow', 'first off', 'second off']);
    expect(machine.state).toBe('off');
  });

  it('B3 survives listeners that throw, and reports what they throw', () => {
    const reported: unknown[] = [];
    const machine = new StateMachine(lightRules, 'red', { onListenerError: (error) => reported.push(error) });
    const heard: Light[] = [];
    machine.subscribe(() => {
      throw new Error('listener');
    });
    machine.subscribe(({ to }) => heard.push(to));
    machine.transition('red', 'green');
    machine.transition('green', 'yellow');
    expect(heard).toEqual(['green', 'yellow']);
    expect(reported).toHaveLength(2);
  });

  it('B3 calls no listener that was removed meanwhile, and none beyond its signal', () => {
    const machine = new StateMachine(lightRules, 'red');
    const heard: string[] = [];
    const controller = new AbortController();
    let removeSecond = (): void => undefined;
    machine.subscribe(() => removeSecond());
    removeSecond = machine.subscribe(() => heard.push('second'));
    machine.subscribe(() => heard.push('third'), { signal: controller.signal });
    machine.transition('red', 'green');
    controller.abort();
    machine.transition('green', 'yellow');
    expect(heard).toEqual(['third']);
  });

  it('B3 holds for any series of attempts, with listeners that throw and transition', () => {
    const attempt = fc.record({ from: fc.constantFrom(...lights), to: fc.constantFrom(...lights) });
    fc.assert(
      fc.property(
        fc.array(attempt, { maxLength: 60 }),
        fc.array(fc.option(attempt), { maxLength: 20 }),
        (attempts, reactions) => {
          const machine = new StateMachine<Light>(lightRules, 'red', { onListenerError: () => undefined });
          const heard: Transition<Light>[] = [];
          const accepted: Transition<Light>[] = [];
          const tryTransition = ({ from, to }: { from: Light; to: Light }): void => {
            const before = machine.state;
            try {
              accepted.push(machine.transition(from, to));
            } catch (error) {
              expect(error).toBeInstanceOf(IllegalTransitionError);
              expect(before === from && lightRules[from].includes(to)).toBe(false);
            }
          };
          machine.subscribe((transition) => {
            heard.push(transition);
            const reaction = reactions[heard.length - 1];
            if (reaction === null) throw new Error('listener');
            if (reaction !== undefined) tryTransition(reaction);
          });
          attempts.forEach(tryTransition);
          expectUnbroken(heard, lightRules, 'red');
          expect(heard).toHaveLength(accepted.length);
          expect(heard.at(-1)?.to ?? 'red').toBe(machine.state);
        },
      ),
    );
  });
});

describe('B1 golden', () => {
  it('B1 10 concurrent workers make 100 transitions each: legal edges, an unbroken chain', async () => {
    const machine = new StateMachine(agentTurnRules, 'user-input');
    const log: Transition<keyof typeof agentTurnRules>[] = [];
    machine.subscribe((transition) => log.push(transition));
    let refused = 0;
    const worker = async (seed: number): Promise<void> => {
      let random = seed;
      for (let made = 0; made < 100;) {
        const from = machine.state;
        const successors = agentTurnRules[from];
        random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
        for (let turns = random % 3; turns > 0; turns -= 1) await Promise.resolve();
        const to = successors[random % successors.length];
        if (to === undefined) throw new Error(`No way out of ${from}.`);
        try {
          machine.transition(from, to);
          made += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(IllegalTransitionError);
          refused += 1;
        }
        await Promise.resolve();
      }
    };
    await Promise.all(Array.from({ length: 10 }, (_, index) => worker(index + 1)));
    expect(log).toHaveLength(1_000);
    expect(refused).toBeGreaterThan(0);
    expectUnbroken(log, agentTurnRules, 'user-input');
  });
});

describe('rules', () => {
  it.each([
    ['session', sessionRules, ['closed']],
    ['execution', executionRules, ['succeeded', 'failed', 'cancelled', 'timed-out', 'lost']],
    ['agent turn', agentTurnRules, []],
  ] as const)(
    'B3 of a %s: every state can be reached, and leads to an end where there are ends',
    (_name, table, ends) => {
      const rules: Readonly<Record<string, readonly string[]>> = table;
      const states = Object.keys(rules);
      const [initial = ''] = states;
      expect(reachable(rules, initial)).toEqual(new Set(states));
      expect(states.filter((state) => rules[state]?.length === 0)).toEqual(ends);
      if (ends.length === 0) return;
      for (const state of states) {
        expect([...reachable(rules, state)].some((each) => (ends as readonly string[]).includes(each))).toBe(true);
      }
    },
  );
});

function expectUnbroken<State extends string>(
  transitions: readonly Transition<State>[],
  rules: TransitionRules<State>,
  initial: State,
): void {
  let previous = initial;
  transitions.forEach(({ from, to, sequence }, index) => {
    expect(sequence).toBe(index + 1);
    expect(from).toBe(previous);
    expect(rules[from]).toContain(to);
    previous = to;
  });
}

function reachable(rules: Readonly<Record<string, readonly string[]>>, from: string): Set<string> {
  const seen = new Set([from]);
  for (const state of seen) for (const next of rules[state] ?? []) seen.add(next);
  return seen;
}
