import { isObject } from '../../../src/context/is-object.js';
import { joinBytes } from '../../../src/protocol/codec/join-bytes.js';
import { maxMessageBytes, maxMessageGroups } from '../../../src/protocol/bounds.js';
import type { CheckpointMessage, RestoreMessage } from '../../../src/protocol/messages/checkpoint.js';
import { toolAt, type ToolBindings } from '../execution/tool-bindings.js';
import { Namespace } from '../namespace/namespace.js';
import type { Slot, SlotOwner } from '../namespace/slot.js';
import { checkpointLimits } from './graph/format.js';
import { GlobalPaths } from './graph/global-paths.js';
import { GraphWriter } from './graph/graph-writer.js';
import { NamespaceCheckpoint, type CheckpointUpdate, type Extent } from './namespace-checkpoint.js';
import { sendableLosses } from './losses.js';
import { NamespaceSnapshot } from './namespace-snapshot.js';
import type { GraphHooks } from './graph/reached.js';
import { readGroups } from './read-groups.js';
import { restoreGroups, type Restored, type RestoreOptions } from './restore.js';

export interface CheckpointsOptions extends Pick<GraphHooks, 'isProxy' | 'originOf' | 'toolPath'> {
  readonly namespace: Namespace;
  readonly realm: object;
  /** Descriptions of changes to the realm. @param isThorough whether it may take long */
  changes(isThorough: boolean): readonly string[];
  /** Sends an update to the host, in order with later messages. @param ended owner whose code has ended with it */
  send(update: Omit<CheckpointMessage, 'context'>, ended: unknown): void;
  now(): number;
  /** Calls back after this many milliseconds, with pristine built-ins. */
  later(milliseconds: number, callback: () => void): { cancel(): void };
}

/** Values are not compared again when code starts within this many milliseconds of the latest comparison. */
const freshness = 50;

/** The name under which lost changes of the realm are reported. */
const realmName = 'globalThis';

/**
 * Sends changes of the namespace to the host: small values before the result of the code that changed them, large values when the
 * worker is idle, and reassigned names before further code runs.
 */
export class Checkpoints {
  readonly #options: CheckpointsOptions;
  readonly #globals: GlobalPaths;
  readonly #checkpoint: NamespaceCheckpoint;
  #timer: { cancel(): void } | undefined;
  #looked = -Infinity;
  #lookedThoroughly = -Infinity;
  #looksThoroughlySoon = false;
  /** Updates so far, and by name the latest that had it. */
  #serial = 0;
  readonly #changedAt = new Map<string, number>();
  /** Names declared by running code. */
  readonly #declaring = new Map<unknown, readonly string[]>();

  constructor(options: CheckpointsOptions) {
    this.#options = options;
    this.#globals = new GlobalPaths(options.realm);
    const { namespace, isProxy, originOf, toolPath } = options;
    let imports: ReadonlyMap<unknown, string> | undefined;
    const writer = new GraphWriter({
      isProxy,
      originOf,
      toolPath,
      globalPath: (object) => this.#globals.pathOf(object),
      importSlot: (object) => (imports ??= importSlots(namespace.slots())).get(object),
      roots: () => namespace.slots().map((slot) => slot.isInitialised && slot.source === undefined && slot.value),
    });
    this.#checkpoint = new NamespaceCheckpoint({
      namespace,
      writer,
      limits: checkpointLimits,
      now: options.now,
      begin: () => {
        imports = undefined;
        writer.begin();
      },
      outside: (extent) => this.#outside(extent === 'all'),
    });
  }

  /** Call it when code has ended, before its result is sent. @param usedNames whether the code may have changed values */
  ended(owner: unknown, usedNames = true): void {
    this.#declaring.delete(owner);
    if (usedNames) this.#touch();
    this.#send('small', owner);
  }

  /** Call it before code runs, since the code may crash the worker. @param declares the names that it declares */
  begins(owner: unknown, declares: readonly string[]): void {
    this.#declaring.set(owner, declares);
    if (this.#options.now() - this.#looked > freshness) {
      this.#touch();
      this.#send('small');
    }
    // The latest pass may have run out of time. This is the last chance to save the rest.
    this.#send(this.#checkpoint.isBehind ? 'due' : 'bindings');
  }

  /** A snapshot of the namespace for a rollback, which restores names and values but undoes no other side effects. */
  snapshot(): NamespaceSnapshot {
    return new NamespaceSnapshot(this.#options.namespace, {
      isProxy: this.#options.isProxy,
      isGlobal: (object) => this.#globals.pathOf(object) !== undefined,
    });
  }

  /** Saves the whole namespace, regardless of the time. Returns the number of the latest update. */
  whole(): number {
    this.#touch();
    this.#send('all');
    return this.#serial;
  }

  /** @throws CheckpointFormatError before any name is bound */
  restore(
    { data, isOwn, merges }: RestoreMessage,
    owner: SlotOwner,
    tools: ToolBindings,
    run: RestoreOptions['run'],
    done: (restored: Restored) => void,
  ): void {
    const groups = readGroups(new TextDecoder().decode(data));
    const hooks = {
      isProxy: this.#options.isProxy,
      global: (path: string) => {
        const value = this.#globals.resolve(path);
        if (value === undefined) throw new TypeError(`there is no ${path} here`);
        return value;
      },
      tool: (path?: string) => (path === undefined ? tools : toolAt(tools, path)),
    };
    const { namespace } = this.#options;
    const target = merges === undefined ? namespace : new Namespace();
    restoreGroups(groups, { namespace, target, owner, hooks, run }, (restored) => {
      if (merges !== undefined) {
        this.whole();
        // Nothing runs between this look and the last binding.
        const isStale = merges.names.some((name) => (this.#changedAt.get(name) ?? 0) > merges.since);
        if (isStale) return done({ ...restored, restored: [], isStale });
        for (const { name, kind, value } of target.slots().filter((slot) => slot.isInitialised))
          namespace.declare(name, kind, owner).init = value;
      }
      if (isOwn) {
        const whole = new Set(restored.whole);
        for (const group of groups) {
          if (whole.has(group)) this.#checkpoint.adopt(group);
          else this.#checkpoint.discard(group.id);
        }
      }
      done({ ...restored, lost: sendableLosses(restored.lost) });
      this.ended(owner, false);
    });
  }

  /** Losses other than values, with reasons: names that running code declares, and changes of the realm. */
  #outside(isThorough: boolean): Map<string, string> {
    const lost = new Map<string, string>();
    for (const names of this.#declaring.values())
      for (const name of names) lost.set(name, 'the code that declares it had not ended');
    const now = this.#options.now();
    const looksThoroughly = isThorough || now - this.#lookedThoroughly > freshness;
    if (looksThoroughly) this.#lookedThoroughly = now;
    else this.#lookThoroughlySoon();
    const changes = this.#options.changes(looksThoroughly);
    if (changes.length > 0) lost.set(realmName, changes.join('; '));
    return lost;
  }

  /** A quick look misses a global that was replaced. */
  #lookThoroughlySoon(): void {
    if (this.#looksThoroughlySoon) return;
    this.#looksThoroughlySoon = true;
    this.#options.later(freshness, () => {
      this.#looksThoroughlySoon = false;
      this.#send('due');
    });
  }

  /** Marks the values as possibly changed. A pass must follow. */
  #touch(): void {
    this.#checkpoint.touch();
    this.#looked = this.#options.now();
  }

  /** @param ended owner whose code has ended with this */
  #send(extent: Extent, ended?: unknown): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const update = this.#checkpoint.update(extent);
    if (update !== undefined) {
      this.#serial++;
      for (const { names } of update.changed) for (const name of names) this.#changedAt.set(name, this.#serial);
    }
    if (update !== undefined) for (const message of messagesOf(update)) this.#options.send(message, ended);
    this.#schedule();
  }

  #schedule(): void {
    const { isBehind, due } = this.#checkpoint;
    if (isBehind) this.#timer = this.#options.later(0, () => this.#send('due'));
    else if (due !== undefined)
      this.#timer = this.#options.later(Math.max(0, due - this.#options.now()), () => this.#send('due'));
  }
}

/** Slots for the values of imported names, and for the exports of imported modules. */
export function importSlots(slots: readonly Slot[]): ReadonlyMap<unknown, string> {
  const found = new Map<unknown, string>();
  const add = (object: object, key: string, slot: readonly string[]): void => {
    try {
      const value = (object as Readonly<Record<string, unknown>>)[key];
      if (isObject(value) && !found.has(value)) found.set(value, JSON.stringify(slot));
    } catch {
      // Not initialised yet.
    }
  };
  for (const slot of slots) {
    if (slot.source === undefined) continue;
    const { specifier, exportName } = slot.source;
    add(slot, 'value', exportName === undefined ? ['import', specifier] : ['import', specifier, exportName]);
    if (exportName === undefined)
      for (const key of Object.keys(slot.value as object)) add(slot.value as object, key, ['import', specifier, key]);
  }
  return found;
}

/**
 * Splits an update into messages. The last message removes groups, so that no name is missing in between. In a very large
 * update, the first message removes them, so that old and new groups together do not exceed the host's limit.
 */
function* messagesOf({
  changed,
  removed,
  isBehind,
  ...update
}: CheckpointUpdate): Iterable<Omit<CheckpointMessage, 'context'>> {
  const encoder = new TextEncoder();
  const lost = sendableLosses(update.lost);
  const parts = changed.map(({ id, names, text }) => ({ id, names, bytes: encoder.encode(text) }));
  const messages: (typeof parts)[] = [[]];
  let size = 0;
  let total = 0;
  for (const part of parts) {
    const last = messages.at(-1)!;
    const isFull = size + part.bytes.length > maxMessageBytes || last.length === maxMessageGroups;
    if (last.length === 0 || !isFull) {
      last.push(part);
      size += part.bytes.length;
    } else {
      messages.push([part]);
      size = part.bytes.length;
    }
    total += part.bytes.length;
  }
  const removing = total > maxMessageBytes ? 0 : messages.length - 1;
  for (const [at, message] of messages.entries())
    yield {
      ...packed(message),
      removed: at === removing ? removed : [],
      lost,
      isBehind: isBehind || at < messages.length - 1,
    };
}

function packed(
  parts: readonly { readonly id: number; readonly names: readonly string[]; readonly bytes: Uint8Array }[],
): Pick<CheckpointMessage, 'groups' | 'data'> {
  return {
    groups: parts.map(({ id, names, bytes }) => ({ id, names, bytes: bytes.length })),
    data: joinBytes(parts.map(({ bytes }) => bytes)),
  };
}
