import type { Node, Parser } from 'acorn';
import { afterComments } from '../comments.js';

interface ImportInternals {
  readonly end: number;
  readonly input: string;
  next(): void;
  raise(offset: number, message: string): never;
  parseImport(node: Node): Node;
}

const sourcePhase = /source\s+(?!from\s*["'])[\p{ID_Start}$_]/uy;

/**
 * Reads `import defer * as ns from 'x'` as a namespace import, evaluated with the other imports: no engine defers yet.
 * @see https://github.com/tc39/proposal-defer-import-eval
 */
export function withImportPhases(base: typeof Parser): typeof Parser {
  class PhaseParser extends (base as unknown as new (...parameters: unknown[]) => ImportInternals) {
    override parseImport(node: Node): Node {
      const { input } = this;
      const start = afterComments(input, this.end);
      sourcePhase.lastIndex = start;
      if (sourcePhase.test(input))
        this.raise(start, '`import source` is not supported here. Remove `source` to import the module itself.');
      if (input.startsWith('defer', start) && input[afterComments(input, start + 'defer'.length)] === '*') this.next();
      return super.parseImport(node);
    }
  }
  return PhaseParser as unknown as typeof Parser;
}
