import { PristineWeakMap } from '../../../src/context/pristine-collections.js';
import {
  cut,
  maxFrameFileCharacters,
  maxFrames,
  maxNameCharacters,
  maxStackCharacters,
} from '../../../src/protocol/bounds.js';
import type { CompiledCode, Position } from '../../../src/compiler/types.js';
import type { StackFrame } from '../../../src/protocol/previews/preview.js';

/** `    at async load (3/cell-3.ts:4:7)` of V8; `load@3/cell-3.ts:4:7` of SpiderMonkey and JavaScriptCore. */
const v8Frame = /^\s*at (?:async )?(?:(?<name>.*?) \()?(?<file>[^()]+?):(?<line>\d+):(?<column>\d+)\)?$/;
const otherFrame = /^(?:async\*)?(?<name>[^@]*)@(?<file>.+?):(?<line>\d+):(?<column>\d+)$/;

/** Number of latest cells that keep a reference to their execution. */
const maxOwned = 1_000;

/** A compiled text: a cell, a module, or text for `eval`. */
export interface SourceUnit<Owner = unknown> {
  /** The name shown to the reader. Several units may share one. */
  readonly fileName: string;
  readonly isCell: boolean;
  /** The cell's execution. Only the latest thousand cells have it. */
  readonly owner?: Owner;
}

type Positions = Pick<CompiledCode, 'originalPosition'>;

interface KnownUnit<Owner> extends SourceUnit<Owner> {
  owner?: Owner;
  readonly code: Positions;
}

/**
 * The units that stack traces may name, each with a source map. The engine knows a unit by a unique source name, so that an
 * older function keeps its lines when its file name is used again. Frames of other sources belong to the engine or the
 * kernel, and are left out.
 */
export class SourceFiles<Owner = unknown> {
  readonly #units = new Map<string, KnownUnit<Owner>>();
  readonly #owned: KnownUnit<Owner>[] = [];
  readonly #unitOfFrame = new PristineWeakMap<StackFrame, SourceUnit<Owner>>();
  #serial = 0;

  /** A unique source name for a cell: a number, and its file name in characters that every engine prints unchanged. */
  sourceNameFor(fileName: string): string {
    return `${++this.#serial}/${fileName.replace(/[^\w.-]+/g, '_').slice(0, 100)}`;
  }

  /** Adds a module, or text for `eval`. */
  add(fileName: string, code: Positions): void {
    this.#units.set(fileName, { fileName, isCell: false, code });
  }

  /** @param sourceName from `sourceNameFor` */
  addCell(sourceName: string, code: Positions, fileName: string, owner?: Owner): void {
    const unit: KnownUnit<Owner> = { fileName, isCell: true, code };
    this.#units.set(sourceName, unit);
    if (owner === undefined) return;
    unit.owner = owner;
    this.#owned.push(unit);
    if (this.#owned.length > maxOwned) delete this.#owned.shift()!.owner;
  }

  /** The first frames of an engine's `stack` text, at the reader's lines and columns, innermost first. */
  framesOf(stack: string): StackFrame[] {
    const frames: StackFrame[] = [];
    for (const line of stack.slice(0, maxStackCharacters).split('\n')) {
      if (frames.length === maxFrames) break;
      const groups = (v8Frame.exec(line) ?? otherFrame.exec(line))?.groups;
      if (groups === undefined) continue;
      const frame = this.#originalFrame(groups);
      if (frame !== undefined) frames.push(frame);
    }
    return frames;
  }

  /** The unit of a frame from `framesOf`. */
  unitOf(frame: StackFrame): SourceUnit<Owner> | undefined {
    return this.#unitOfFrame.get(frame);
  }

  /** Whose the outermost cell on the stack is: the caller's, not that of the cell that defined the function. */
  ownerOf(frames: readonly StackFrame[]): Owner | undefined {
    return frames.map((frame) => this.unitOf(frame)?.owner).findLast((owner) => owner !== undefined);
  }

  #originalFrame(groups: Record<string, string>): StackFrame | undefined {
    const unit = this.#units.get(groups['file'] ?? '');
    const generated: Position = { line: Number(groups['line']), column: Number(groups['column']) };
    const original = unit?.code.originalPosition(generated);
    // Code may have written the text, with any numbers.
    if (unit === undefined || !isPosition(original)) return undefined;
    const frame: StackFrame = {
      functionName: cut(readerName(groups['name'] ?? ''), maxNameCharacters),
      file: cut(unit.fileName, maxFrameFileCharacters),
      line: original.line,
      column: original.column,
    };
    this.#unitOfFrame.set(frame, unit);
    return frame;
  }
}

export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

export function isPosition(
  value: { readonly line?: unknown; readonly column?: unknown } | undefined,
): value is Position {
  return isCount(value?.line) && isCount(value.column);
}

/** A cell's compiled function is named `eval`, `anonymous` or nothing, depending on the engine. The reader sees no name. */
function readerName(name: string): string {
  return name === 'eval' || name === 'anonymous' || name === '<anonymous>' || name === 'Object.<anonymous>' ? '' : name;
}

/** One line of a displayed stack: `load (cell-3.ts:4:7)`. */
export function formatFrame(frame: StackFrame): string {
  const place = `${frame.file}:${frame.line}:${frame.column}`;
  return frame.functionName === '' ? place : `${frame.functionName} (${place})`;
}
