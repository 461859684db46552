import type { Node, Options, Parser } from 'acorn';
import { NestingError, type NestingOptions } from '../nesting.js';
import { isOperation } from '../syntax.js';

/** Members of acorn's parser for its subclass. */
interface NodeInternals {
  readonly options: { locations: boolean };
  readonly start: number;
  readonly lastTokEnd: number;
}

/** Lines of nodes, which nobody reads. The TypeScript parser writes to them. */
const noLines = {};

/** A node with offsets alone: the lines and columns of nodes and tokens take as much time and memory as the tree itself. */
class PlainNode {
  type = '';
  end = 0;

  constructor(readonly start: number) {}

  get loc(): object {
    return noLines;
  }
}

const nodeAt = (start: number): Node => new PlainNode(start) as unknown as Node;

/** Not an object with a getter of its own: the engine would keep each such object's parser until it collects all garbage. */
class ParserPlace {
  constructor(readonly parser: { readonly start: number }) {}

  get column(): number {
    return this.parser.start;
  }
}

type Operation = PlainNode & { readonly left?: PlainNode };

/** The parser makes no lines and columns, and throws a NestingError where its tree has more levels than passes may recurse. */
export function withPlainNodes(base: typeof Parser): typeof Parser {
  const Base = base as unknown as new (options: Options, input: string) => NodeInternals;
  class PlainParser extends Base {
    /** Starts and depths of the nodes that have no parent yet, or that a failed reading left. */
    readonly #starts: number[] = [];
    readonly #depths: number[] = [];
    readonly #maxNesting: number;
    readonly #mayBeDeep: boolean;

    constructor(options: NestingOptions, input: string) {
      super(options, input);
      this.#maxNesting = options.maxNesting;
      // Each level takes a character, but for a few: most cells are too short.
      this.#mayBeDeep = input.length + 10 > options.maxNesting;
      // The TypeScript parser switches it on.
      this.options.locations = false;
    }

    /** Asked once, for all tokens. The TypeScript parser takes the column of a failure for an offset. */
    curPosition(): object {
      return new ParserPlace(this);
    }

    /** A chain of operators is one level. */
    finishNode(node: Operation, type: string): Operation {
      node.type = type;
      node.end = this.lastTokEnd;
      if (!this.#mayBeDeep) return node;
      const starts = this.#starts;
      const depths = this.#depths;
      let first = 0;
      let others = 0;
      while (starts.at(-1)! >= node.start) {
        starts.pop();
        others = Math.max(others, first);
        first = depths.pop()!;
      }
      if (isOperation(node) && isOperation(node.left!)) first--;
      const depth = Math.max(first, others) + 1;
      starts.push(node.start);
      depths.push(depth);
      if (depth > this.#maxNesting) throw new NestingError(node.start);
      return node;
    }

    startNode(): Node {
      return nodeAt(this.start);
    }

    startNodeAt(start: number): Node {
      return nodeAt(start);
    }

    copyNode(node: Node): Node {
      return Object.assign(nodeAt(node.start), node);
    }
  }
  return PlainParser as unknown as typeof Parser;
}
