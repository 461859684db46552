import type { OutputLevel } from '../../protocol/messages/wire.js';
import { itemText, type ConsoleItem } from './console-item.js';

/** Minimum level: `log` includes `info` and higher levels; `debug` includes everything. `tools`: tool calls alone. */
export type LevelFilter = 'debug' | 'log' | 'warn' | 'error' | 'tools';
export interface ConsoleFilter {
  readonly level: LevelFilter;
  readonly text: string;
}

const severity: Record<OutputLevel, number> = { debug: 0, log: 1, info: 1, warn: 2, error: 3 };

/** Whether an item passes a filter and is in no collapsed group. The filter's `text` must be lower case. */
export function isShown(item: ConsoleItem, { level, text }: ConsoleFilter): boolean {
  return (
    !isFolded(item) &&
    (level === 'tools' ? item.kind === 'tool' : levelOf(item) >= severity[level]) &&
    (text === '' || itemText(item).toLowerCase().includes(text))
  );
}

/** Whether an item is in a collapsed group. */
export function isFolded(item: ConsoleItem): boolean {
  if (item.kind !== 'output') return false;
  for (let group = item.parent; group !== undefined; group = group.parent) {
    if (group.collapsed) return true;
  }
  return false;
}

function levelOf(item: ConsoleItem): number {
  if (item.kind === 'output') return severity[item.entry.level];
  const isFailure = item.kind === 'failure' || (item.kind === 'tool' && item.call.phase === 'failed');
  return isFailure ? severity.error : severity.log;
}
