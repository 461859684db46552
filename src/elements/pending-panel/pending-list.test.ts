import { describe, expect, it, vi } from 'vitest';
import type { PendingEntry } from '../../protocol/messages/wire.js';
import { PendingList } from './pending-list.js';

type Watched = NonNullable<Parameters<PendingList['watch']>[0]>;

const entry = (name: string): PendingEntry => ({ kind: 'timer', name, runId: 'r', since: 0 });

/** A session whose answers the test gives, one for each question. */
function asked() {
  const events = new EventTarget();
  const answers: ((entries: readonly PendingEntry[]) => void)[] = [];
  const session = {
    pending: () => new Promise<readonly PendingEntry[]>((resolve) => answers.push(resolve)),
    addEventListener: (type: string, listener: EventListener) => events.addEventListener(type, listener),
    removeEventListener: (type: string, listener: EventListener) => events.removeEventListener(type, listener),
  } as unknown as Watched;
  return { session, answers, tell: (type: string) => events.dispatchEvent(new Event(type)) };
}

describe('the list of pending work', () => {
  it('asks at once and after each event, one question at a time, and ends with the last answer', async () => {
    const { session, answers, tell } = asked();
    const changed = vi.fn();
    const list = new PendingList(changed);
    list.watch(session);
    tell('pendingchange');
    tell('toolcall');
    expect(answers).toHaveLength(1);
    answers[0]!([entry('a')]);
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    expect(list.entries).toEqual([entry('a')]);
    answers[1]!([]);
    await vi.waitFor(() => expect(list.entries).toEqual([]));
    expect(changed).toHaveBeenCalledTimes(2);
    expect(answers).toHaveLength(2);
  });

  it('shows nothing of a session that it no longer follows', async () => {
    const [first, second] = [asked(), asked()];
    const list = new PendingList(() => undefined);
    list.watch(first.session);
    list.watch(second.session);
    first.answers[0]!([entry('of the first')]);
    await vi.waitFor(() => expect(second.answers).toHaveLength(1));
    expect(list.entries).toEqual([]);
    second.answers[0]!([entry('of the second')]);
    await vi.waitFor(() => expect(list.entries).toEqual([entry('of the second')]));
    list.watch(undefined);
    second.tell('pendingchange');
    expect(second.answers).toHaveLength(1);
  });
});
