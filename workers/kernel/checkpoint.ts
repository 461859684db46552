import type { IsProxy } from '../../src/protocol/brand.js';
import { ValuePreview } from '../../src/protocol/value-preview.js';
import type { Checkpoint, CheckpointEntry, RestoreReport } from '../../src/protocol/wire.js';
import { reasonNotKept } from './keepable-data.js';
import type { Namespace } from './namespace/namespace.js';
import type { Slot, SlotOwner } from './namespace/slot.js';

export interface CheckpointHooks {
  readonly isProxy: IsProxy;
  /** Source of a function or class as it was written. */
  sourceOf(fn: object): string | undefined;
}

/** The namespace as data: values, functions and classes by their source, imports by where they lead; what is neither is named. */
export function checkpointOf(namespace: Namespace, hooks: CheckpointHooks): Checkpoint {
  const entries: CheckpointEntry[] = [];
  const lost: { name: string; reason: string }[] = [];
  for (const slot of namespace.slots()) {
    if (!slot.isInitialised) continue;
    const entry = entryOf(slot, hooks);
    if ('reason' in entry) lost.push(entry);
    else entries.push(entry);
  }
  return { version: 1, entries, lost };
}

function entryOf(slot: Slot, { isProxy, sourceOf }: CheckpointHooks): CheckpointEntry | { name: string; reason: string } {
  const { name, kind } = slot;
  if (slot.source !== undefined) return { name, kind: 'import', specifier: slot.source.specifier, exportName: slot.source.exportName ?? '*' };
  const { value } = slot;
  if (typeof value === 'function' && !isProxy(value)) {
    const source = sourceOf(value);
    return source === undefined || /\{\s*\[native code\]\s*\}\s*$/.test(source) ? { name, reason: 'it is a function without source' } : { name, kind, source };
  }
  const reason = reasonNotKept(value, isProxy);
  return reason === undefined ? { name, kind, value } : { name, reason };
}

/**
 * Binds what a checkpoint holds: values at once, then functions, classes and imports as a cell would declare them.
 * What a source needs beyond its own text and the namespace, such as variables of a function around it, is gone.
 */
export function restoreCheckpoint(
  { entries, lost }: Checkpoint,
  namespace: Namespace,
  owner: SlotOwner,
  run: (source: string, settled: (thrown: unknown) => void) => void,
  done: (report: RestoreReport) => void,
): void {
  const restored: string[] = [];
  const failed = [...lost];
  const later: CheckpointEntry[] = [];
  for (const entry of entries) {
    if (!('value' in entry)) later.push(entry);
    else if (entry.value instanceof ValuePreview) failed.push({ name: entry.name, reason: 'it was too large to be kept' });
    else {
      namespace.declare(entry.name, entry.kind, owner).init = entry.value;
      restored.push(entry.name);
    }
  }
  const next = (): void => {
    const entry = later.shift();
    if (entry === undefined) return done({ restored, lost: failed });
    run(sourceText(entry), (thrown) => {
      if (thrown === undefined) restored.push(entry.name);
      else failed.push({ name: entry.name, reason: thrown instanceof Error ? thrown.message : String(thrown) });
      next();
    });
  };
  next();
}

function sourceText(entry: CheckpointEntry): string {
  if ('specifier' in entry) {
    const clause = entry.exportName === '*' ? `* as ${entry.name}` : `{ ${JSON.stringify(entry.exportName)} as ${entry.name} }`;
    return `import ${clause} from ${JSON.stringify(entry.specifier)};`;
  }
  if (!('source' in entry)) return '';
  if (entry.kind === 'function' || entry.kind === 'class') return entry.source;
  return `${entry.kind === 'const' ? 'const' : entry.kind === 'var' ? 'var' : 'let'} ${entry.name} = ${entry.source};`;
}
