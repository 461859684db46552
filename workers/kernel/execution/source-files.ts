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

/** Cells that tell which execution they belong to. */
const maxOwned = 1_000;

/** A text that was compiled and evaluated at once: a cell, a module, or what `eval` was given. */
export interface SourceUnit<Owner = unknown> {
  /** As the reader knows it. Several units may have the same. */
  readonly fileName: string;
  readonly isCell: boolean;
  /** The execution that the cell belongs to. Only the latest thousand cells tell it. */
  readonly owner?: Owner;
}

type Positions = Pick<CompiledCode, 'originalPosition'>;

interface KnownUnit<Owner> extends SourceUnit<Owner> {
  owner?: Owner;
  readonly code: Positions;
}

/**
 * The units that stack traces may name, each with its way back to what the reader wrote. The engine knows a unit by a
 * source name that no other unit has, so that an older function keeps its lines when its file name is used again. A frame
 * of any other source is the engine's or the kernel's, and is left out.
 */
export class SourceFiles<Owner = unknown> {
  readonly #units = new Map<string, KnownUnit<Owner>>();
  readonly #owned: KnownUnit<Owner>[] = [];
  readonly #unitOfFrame = new PristineWeakMap<StackFrame, SourceUnit<Owner>>();
  #serial = 0;

  /** A source name for a cell that is about to be compiled: like its file name, in letters that every engine prints as they are. */
  sourceNameFor(fileName: string): string {
    return `${++this.#serial}/${fileName.replace(/[^\w.-]+/g, '_').slice(0, 100)}`;
  }

  /** A module, or what `eval` was given. */
  add(fileName: string, code: Positions): void {
    this.#units.set(fileName, { fileName, isCell: false, code });
  }

  /** @param sourceName as `sourceNameFor` gave it */
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

  /** The unit of a frame that `framesOf` gave. */
  unitOf(frame: StackFrame): SourceUnit<Owner> | undefined {
    return this.#unitOfFrame.get(frame);
  }

  #originalFrame(groups: Record<string, string>): StackFrame | undefined {
    const unit = this.#units.get(groups['file'] ?? '');
    const generated: Position = { line: Number(groups['line']), column: Number(groups['column']) };
    const original = unit?.code.originalPosition(generated);
    // The text may be one that code wrote, with any numbers.
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

/** Engines name the function that a cell is compiled to `eval`, `anonymous` or nothing: to the reader it has no name. */
function readerName(name: string): string {
  return name === 'eval' || name === 'anonymous' || name === '<anonymous>' || name === 'Object.<anonymous>' ? '' : name;
}

/** `load (cell-3.ts:4:7)`: one line of a stack as it is shown. */
export function formatFrame(frame: StackFrame): string {
  const place = `${frame.file}:${frame.line}:${frame.column}`;
  return frame.functionName === '' ? place : `${frame.functionName} (${place})`;
}
