import type { Namespace } from '../namespace/namespace.js';
import type { Slot } from '../namespace/slot.js';
import type { CheckpointLimits, GroupText } from './graph/format.js';
import type { GraphWriter } from './graph/graph-writer.js';
import { eagerLimits, isSmall, KeptName, restAfter, type Group } from './name-group.js';
import { NotKept } from './graph/not-kept.js';
import type { NameWalk } from './graph/reached.js';

/** The changes since the previous update. */
export interface CheckpointUpdate {
  readonly changed: readonly { readonly id: number; readonly names: readonly string[]; readonly text: string }[];
  readonly removed: readonly number[];
  /** All names that could not be kept. */
  readonly lost: readonly { readonly name: string; readonly reason: string }[];
  /** Whether large values may have changed since they were written. */
  readonly isBehind: boolean;
}

/**
 * The extent of a pass: `bindings` covers names with a new value of any size; `small` also all small groups, within a few
 * milliseconds; `due` also large groups that have rested long enough; `all` covers all groups.
 */
export type Extent = 'bindings' | 'small' | 'due' | 'all';

export interface NamespaceCheckpointOptions {
  readonly namespace: Namespace;
  readonly writer: GraphWriter;
  readonly limits: CheckpointLimits;
  readonly now: () => number;
  /** Called before each pass. */
  readonly begin?: () => void;
  /** Further lost names, with reasons. Names in the checkpoint are left out. */
  readonly outside?: (extent: Extent) => ReadonlyMap<string, string>;
}

/** Approximate milliseconds of a `small` pass. */
const slice = 4;

/**
 * The namespace as last written, and the changes since. Values are compared by their texts, since there is no other way to
 * detect changes in place.
 */
export class NamespaceCheckpoint {
  readonly #options: NamespaceCheckpointOptions;
  readonly #names = new Map<string, KeptName>();
  #removed: number[] = [];
  #told = '[],false';
  #groups = 0;
  #epoch = 0;
  /** Whether the latest pass ran out of time before it had checked all groups of its extent. */
  isBehind = false;

  constructor(options: NamespaceCheckpointOptions) {
    this.#options = options;
  }

  /** Call it after code has run, since values may have changed in place. */
  touch(): void {
    this.#epoch++;
  }

  /** When the next large group is due; `undefined` if none can have changed. */
  get due(): number | undefined {
    let due: number | undefined;
    for (const { group } of this.#names.values()) {
      if (group === undefined || group.epoch === this.#epoch || isSmall(group)) continue;
      if (due === undefined || group.due < due) due = group.due;
    }
    return due;
  }

  /** Adopts a restored group of an earlier worker's checkpoint, which the host already has. */
  adopt({ id, names, nodes }: GroupText): void {
    this.#groups = Math.max(this.#groups, id);
    const kept = names.map(([, name]) => new KeptName(name, this.#options.namespace.get(name)!));
    // Its size is unknown, so it is due at once.
    const group: Group = {
      id,
      names: kept,
      text: undefined,
      lost: undefined,
      characters: 0,
      objects: nodes.length,
      due: 0,
      epoch: this.#epoch,
    };
    for (const name of kept) {
      name.group = group;
      name.take();
      this.#names.set(name.name, name);
    }
  }

  /** Removes a group of an earlier worker that could not be restored. */
  discard(id: number): void {
    this.#groups = Math.max(this.#groups, id);
    this.#removed.push(id);
  }

  /** `undefined` if the pass found no changes. */
  update(extent: Extent): CheckpointUpdate | undefined {
    this.#options.begin?.();
    const slots = this.#options.namespace.slots().filter((slot) => slot.isInitialised);
    const pass = new Pass(this.#options, extent, this.#names, this.#epoch);
    this.#forgetMissing(new Set(slots), pass);
    for (const slot of slots) {
      let name = this.#names.get(slot.name);
      if (name === undefined) this.#names.set(slot.name, (name = new KeptName(slot.name, slot)));
      pass.consider(name);
    }
    // Most code changes no name.
    const isNeeded = pass.hasWork;
    if (isNeeded) pass.run();
    this.isBehind = pass.isBehind;
    const changed = isNeeded ? this.#regroup(pass, new Map(slots.map((slot, index) => [slot.name, index]))) : [];
    const lost = [...this.#names.values()].flatMap(({ name, group }) =>
      group?.lost === undefined ? [] : [{ name, reason: group.lost }],
    );
    for (const [name, reason] of this.#options.outside?.(extent) ?? [])
      if (this.#names.get(name)?.group === undefined) lost.push({ name, reason });
    const isBehind = this.isBehind || this.due !== undefined;
    const told = `${JSON.stringify(lost)},${isBehind}`;
    if (changed.length === 0 && this.#removed.length === 0 && told === this.#told) return undefined;
    this.#told = told;
    const removed = this.#removed;
    this.#removed = [];
    return { changed, removed, lost, isBehind };
  }

  #forgetMissing(slots: ReadonlySet<Slot>, pass: Pass): void {
    for (const [key, name] of this.#names) {
      if (slots.has(name.slot)) continue;
      this.#names.delete(key);
      if (name.group !== undefined) pass.remove(name.group, name);
    }
  }

  /** Forms a group of each set of names that share objects, and removes their former groups. */
  #regroup(pass: Pass, positions: ReadonlyMap<string, number>): CheckpointUpdate['changed'] {
    const changed: { id: number; names: string[]; text: string }[] = [];
    const before = new Set<Group>(pass.emptied);
    const kept = new Set<Group>();
    for (const members of pass.components()) {
      members.sort((a, b) => positions.get(a.name)! - positions.get(b.name)!);
      const groups = new Set(members.map(({ group }) => group));
      for (const group of groups) if (group !== undefined) before.add(group);
      const [same] = groups.size === 1 ? groups : [];
      const reused = same !== undefined && same.names.length === members.length ? same : undefined;
      const first = pass.resultOf(members[0]!)!;
      const notKept = first.result instanceof NotKept ? first.result : undefined;
      const lost = notKept?.reason;
      const id =
        reused !== undefined && (reused.lost === undefined) === (lost === undefined) ? reused.id : ++this.#groups;
      const text = lost === undefined ? textOf(id, members, positions) : undefined;
      const results = members.map((name) => pass.resultOf(name)!);
      const isSame = reused?.id === id && reused.text === text && lost === undefined;
      const duration = results.reduce((sum, result) => sum + result.duration, 0);
      const group: Group = {
        id,
        names: members,
        text,
        lost,
        epoch: this.#epoch,
        characters: text?.length ?? (notKept?.isTooLarge === true ? first.room : 0),
        objects: results.reduce((sum, { result }) => sum + (result instanceof NotKept ? 0 : result.objects), 0),
        due: this.#options.now() + restAfter(duration, isSame ? 0 : (text?.length ?? 0)),
      };
      for (const name of members) {
        name.group = group;
        name.walk?.keep();
      }
      if (reused?.id === id) kept.add(reused);
      if (text !== undefined && !isSame) changed.push({ id, names: members.map(({ name }) => name), text });
    }
    for (const group of before) if (!kept.has(group) && group.lost === undefined) this.#removed.push(group.id);
    return changed;
  }
}

interface PassResult {
  readonly result: NameWalk | NotKept;
  readonly room: number;
  readonly duration: number;
}

/** One pass over the namespace. */
class Pass {
  /** Groups without remaining names, or whose names are now in other groups. */
  readonly emptied = new Set<Group>();
  isBehind = false;
  readonly #options: NamespaceCheckpointOptions;
  readonly #extent: Extent;
  readonly #names: ReadonlyMap<string, KeptName>;
  readonly #work = new Set<KeptName>();
  readonly #results = new Map<KeptName, PassResult>();
  readonly #postponed = new Set<KeptName>();
  readonly #epoch: number;
  #characters = 0;

  constructor(
    options: NamespaceCheckpointOptions,
    extent: Extent,
    names: ReadonlyMap<string, KeptName>,
    epoch: number,
  ) {
    this.#options = options;
    this.#extent = extent;
    this.#names = names;
    this.#epoch = epoch;
  }

  get hasWork(): boolean {
    return this.#work.size > 0 || this.emptied.size > 0;
  }

  /** Adds a name with its whole group to the work, if the name must be written. */
  consider(name: KeptName): void {
    const { group } = name;
    if (group === undefined) this.#work.add(name);
    else if (name.isStale() || this.#wants(group)) this.#take(group);
  }

  remove(group: Group, gone: KeptName): void {
    this.emptied.add(group);
    for (const name of group.names) if (name !== gone && this.#names.get(name.name) === name) this.#work.add(name);
  }

  #take(group: Group): void {
    for (const name of group.names) if (this.#names.get(name.name) === name) this.#work.add(name);
  }

  #wants(group: Group): boolean {
    if (this.#extent === 'all') return true;
    if (this.#extent === 'bindings' || group.epoch === this.#epoch) return false;
    return isSmall(group)
      ? group.objects > 0 || group.lost !== undefined
      : this.#extent === 'due' && this.#options.now() >= group.due;
  }

  run(): void {
    const { now, limits, writer } = this.#options;
    const groups = new Set([...this.#names.values()].filter((name) => !this.#work.has(name)).map(({ group }) => group));
    for (const group of groups) this.#characters += group?.lost === undefined ? (group?.characters ?? 0) : 0;
    const started = now();
    for (const name of this.#work) {
      if (this.#extent === 'small' && now() - started > slice) {
        this.#postpone(name);
        continue;
      }
      const begun = now();
      const room = this.#room(limits);
      const isEager = this.#extent === 'small';
      const result = writer.write(name.slot.source === undefined ? name.slot.value : undefined, {
        name,
        room: isEager ? Math.min(room, eagerLimits.characters) : room,
        maxObjects: isEager ? eagerLimits.objects : limits.maxObjects,
        meet: (other) => this.#meet(name, other.name as KeptName, other),
      });
      if (isEager && result instanceof NotKept && result.isTooLarge) {
        this.#postpone(name);
        continue;
      }
      if (result instanceof NotKept) name.met.clear();
      else this.#characters += result.characters;
      this.#results.set(name, { result, room, duration: now() - begun });
    }
    this.#accept();
  }

  #room({ maxTotal, maxCharacters, reserved }: CheckpointLimits): number {
    const left = maxTotal - this.#characters;
    // In non-Latin text, a character takes up to three bytes.
    return left < -maxCharacters / 2 ? 0 : Math.max(reserved, Math.min(maxCharacters, left));
  }

  #meet(name: KeptName, owner: KeptName, walk: NameWalk): boolean {
    const isWritten = this.#results.get(owner)?.result === walk;
    // Written in an earlier pass: the other name must be written again, since both now share a group.
    const isKept =
      owner.walk === walk && owner.group !== undefined && owner !== name && this.#names.get(owner.name) === owner;
    if (isWritten || isKept) name.met.add(owner);
    if (!isWritten && isKept) this.#take(owner.group!);
    return isWritten;
  }

  #postpone(name: KeptName): void {
    this.#postponed.add(name);
    this.isBehind = true;
  }

  /** Accepts the results, except those of postponed names and of names that share a group or objects with them. */
  #accept(): void {
    const all = [...this.#results];
    for (const name of this.#postponed) this.#giveUp(name);
    for (const [name, { result }] of all.reverse())
      if (!this.#results.has(name) && !(result instanceof NotKept)) result.undo();
    for (const [name, { result }] of this.#results) name.accept(result);
  }

  #giveUp(name: KeptName): void {
    const result = this.#results.get(name);
    this.#results.delete(name);
    if (result !== undefined) this.isBehind = true;
    for (const other of name.group?.names ?? []) if (this.#results.has(other)) this.#giveUp(other);
    for (const [other] of this.#results) if (other.met.has(name)) this.#giveUp(other);
    for (const other of name.met) if (this.#results.has(other)) this.#giveUp(other);
    name.met.clear();
  }

  resultOf(name: KeptName): PassResult | undefined {
    return this.#results.get(name);
  }

  /** Sets of names of the pass that share objects. */
  *components(): Iterable<KeptName[]> {
    const neighbours = new Map<KeptName, Set<KeptName>>(
      [...this.#results.keys()].map((name) => [name, new Set(name.met)]),
    );
    for (const [name, met] of neighbours) {
      for (const other of met) {
        if (this.#results.get(other)?.result instanceof NotKept) met.delete(other);
        else neighbours.get(other)?.add(name);
      }
    }
    const seen = new Set<KeptName>();
    for (const start of neighbours.keys()) {
      if (seen.has(start)) continue;
      seen.add(start);
      const component = [start];
      for (const name of component) {
        for (const other of neighbours.get(name)!) {
          if (seen.has(other) || !this.#results.has(other)) continue;
          seen.add(other);
          component.push(other);
        }
        name.met.clear();
      }
      yield component;
    }
  }
}

function textOf(id: number, names: readonly KeptName[], positions: ReadonlyMap<string, number>): string {
  const nameTexts = names.map(({ name, kind, source, walk }) => {
    const bound =
      source === undefined
        ? walk!.slot
        : `${JSON.stringify(source.specifier)},${JSON.stringify(source.exportName ?? null)}`;
    return `[${positions.get(name)!},${JSON.stringify(name)},"${kind}",${bound}]`;
  });
  const nodes = names.flatMap(({ walk }) => walk!.nodes);
  return `{"id":${id},"names":[${nameTexts.join(',')}],"nodes":[${nodes.join(',')}]}`;
}
