import type { OutputLevel } from '../../protocol/messages/wire.js';
import { itemText, type ConsoleItem } from './console-item.js';

/** `log` also stands for `info` and up; `debug` is everything. */
export type LevelFilter = 'debug' | 'log' | 'warn' | 'error';
export interface ConsoleFilter {
  readonly level: LevelFilter;
  readonly text: string;
}

const severity: Record<OutputLevel, number> = { debug: 0, log: 1, info: 1, warn: 2, error: 3 };

/** Whether a filter shows an item; what stands in a collapsed group is not shown. `text` of the filter is in lower case. */
export function isShown(item: ConsoleItem, { level, text }: ConsoleFilter): boolean {
  return (
    !isFolded(item) && levelOf(item) >= severity[level] && (text === '' || itemText(item).toLowerCase().includes(text))
  );
}

/** Whether it stands in a group that is collapsed. */
export function isFolded(item: ConsoleItem): boolean {
  if (item.kind !== 'output') return false;
  for (let group = item.parent; group !== undefined; group = group.parent) {
    if (group.collapsed) return true;
  }
  return false;
}

function levelOf(item: ConsoleItem): number {
  if (item.kind === 'output') return severity[item.entry.level];
  return item.kind === 'failure' ? severity.error : severity.log;
}
