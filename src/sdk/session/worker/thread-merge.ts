import { isRecord } from '../../../protocol/checks/checks.js';
import type { CheckpointGroup, CheckpointGroups } from '../../checkpoints/checkpoint-groups.js';
import type { ThreadConflict } from '../../types.js';

/** The changes of a thread that go to its session. */
export interface ThreadMerge {
  /** Names that both have changed, each in its own way. */
  readonly conflicts: readonly string[];
  /** Names to bind. */
  readonly names: readonly string[];
  /** Groups with these names alone, as a worker reads them. */
  readonly data: ArrayBuffer;
}

type Names = ReadonlyMap<string, string>;
type Node = Readonly<Record<string, unknown>>;

/** Nodes whose `v` is a list of slots. */
const lists: ReadonlySet<unknown> = new Set(['array', 'map', 'set', 'view', 'member']);

/**
 * Compares three states of a namespace: the snapshot that a thread began with, the thread's own at its end, and the session's
 * now. Names are compared by the values that they reach; a name that the thread only read is not its change.
 */
export function planMerge(
  base: CheckpointGroups,
  thread: CheckpointGroups,
  session: CheckpointGroups,
  conflict: ThreadConflict,
): ThreadMerge {
  const [before, now] = [new NameTexts(base), new NameTexts(session)];
  const conflicts: string[] = [];
  const taken: string[] = [];
  const lines: string[] = [];
  for (const [id, group] of thread.groups) {
    if (base.groups.get(id) === group) continue;
    const ours = namesOf(group);
    const isFree = (name: string): boolean => now.of(name) === before.of(name);
    const changed = group.names.filter((name) => ours.get(name) !== before.of(name));
    const met = changed.filter((name) => !isFree(name));
    conflicts.push(...met);
    const wanted = conflict === 'overwrite' ? changed : changed.filter(isFree);
    if (wanted.length === 0) continue;
    // Names that share objects with these go on sharing them.
    const names = group.names.filter(
      (name) => wanted.includes(name) || (isFree(name) && ours.get(name) === before.of(name)),
    );
    taken.push(...names);
    lines.push(withNames(group, new Set(names)));
  }
  return { conflicts, names: taken, data: new TextEncoder().encode(lines.join('\n')).buffer };
}

/** What each name of some groups is bound to, as text that is the same for the same values. */
class NameTexts {
  readonly #groups = new Map<string, CheckpointGroup>();
  readonly #texts = new Map<CheckpointGroup, Names>();

  constructor({ groups }: CheckpointGroups) {
    for (const group of groups.values()) for (const name of group.names) this.#groups.set(name, group);
  }

  /** `undefined` for a name that is not kept. */
  of(name: string): string | undefined {
    const group = this.#groups.get(name);
    if (group === undefined) return undefined;
    let texts = this.#texts.get(group);
    if (texts === undefined) this.#texts.set(group, (texts = namesOf(group)));
    return texts.get(name);
  }
}

function parsed({ data }: CheckpointGroup): { readonly names: readonly unknown[]; readonly nodes: readonly unknown[] } {
  let group: unknown;
  try {
    group = JSON.parse(new TextDecoder().decode(data));
  } catch {
    // A worker whose text can't be read by another one keeps nothing.
  }
  const { names, nodes } = isRecord(group) ? group : {};
  return { names: Array.isArray(names) ? names : [], nodes: Array.isArray(nodes) ? nodes : [] };
}

function withNames(group: CheckpointGroup, kept: ReadonlySet<unknown>): string {
  const { names, nodes } = parsed(group);
  return JSON.stringify({ id: 1, names: names.filter((one) => Array.isArray(one) && kept.has(one[1])), nodes });
}

function namesOf(group: CheckpointGroup): Names {
  const { names, nodes } = parsed(group);
  const byId = new Map(nodes.map((node) => [isRecord(node) ? node['i'] : undefined, node as Node]));
  const texts = new Map<string, string>();
  for (const one of names) {
    if (!Array.isArray(one)) continue;
    const [, name, kind, ...bound] = one as unknown[];
    texts.set(String(name), kind === 'import' ? JSON.stringify([kind, bound]) : valueText([kind, ...bound], byId));
  }
  return texts;
}

/** The values that slots lead to, with nodes numbered in the order in which they are met. */
function valueText(slots: readonly unknown[], byId: ReadonlyMap<unknown, Node>): string {
  const numbers = new Map<unknown, number>();
  const queue: unknown[] = [];
  const slot = (value: unknown): unknown => {
    if (!Array.isArray(value) || value.length !== 1 || typeof value[0] !== 'number') return value;
    const id: unknown = value[0];
    if (!numbers.has(id)) {
      numbers.set(id, numbers.size);
      queue.push(id);
    }
    return [numbers.get(id)];
  };
  const all = (values: unknown): unknown => (Array.isArray(values) ? values.map(slot) : values);
  const parts: unknown[] = [all(slots)];
  for (const id of queue) {
    const { t, v, p, a, c, d, x } = byId.get(id) ?? {};
    const accessors = Array.isArray(a) ? a.map(all) : a;
    parts.push([t, lists.has(t) ? all(v) : slot(v), all(p), accessors, slot(c), d, x]);
  }
  return JSON.stringify(parts);
}
