import type { CompiledCode, Position } from '../../../src/compiler/types.js';
import type { StackFrame } from '../../../src/protocol/previews/preview.js';

/** `    at async load (cell-3.ts:4:7)` of V8; `load@cell-3.ts:4:7` of SpiderMonkey and JavaScriptCore. */
const v8Frame = /^\s*at (?:(?:async )?(?<name>.*?) \()?(?<file>[^()]+?):(?<line>\d+):(?<column>\d+)\)?$/;
const otherFrame = /^(?:async\*)?(?<name>[^@]*)@(?<file>.+?):(?<line>\d+):(?<column>\d+)$/;

/**
 * The files that stack traces may name: cells and imported modules, each with its way back to what the reader wrote.
 * A frame in any other file is the engine's or the kernel's, and is left out.
 */
export class SourceFiles {
  readonly #files = new Map<string, Pick<CompiledCode, 'originalPosition'>>();

  add(name: string, code: Pick<CompiledCode, 'originalPosition'>): void {
    this.#files.set(name, code);
  }

  /** Frames of an engine's `stack` text, at the reader's lines and columns, innermost first. */
  framesOf(stack: string): StackFrame[] {
    const frames: StackFrame[] = [];
    for (const line of stack.split('\n')) {
      const groups = (v8Frame.exec(line) ?? otherFrame.exec(line))?.groups;
      if (groups === undefined) continue;
      const frame = this.#originalFrame(groups);
      if (frame !== undefined) frames.push(frame);
    }
    return frames;
  }

  #originalFrame(groups: Record<string, string>): StackFrame | undefined {
    const file = groups['file'] ?? '';
    const generated: Position = { line: Number(groups['line']), column: Number(groups['column']) };
    const original = this.#files.get(file)?.originalPosition(generated);
    if (original === undefined) return undefined;
    return { functionName: readerName(groups['name'] ?? ''), file, line: original.line, column: original.column };
  }
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
