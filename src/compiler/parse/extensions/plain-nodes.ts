import type { Node, Options, Parser } from 'acorn';

/** Members of acorn's parser for its subclass. */
interface NodeInternals {
  readonly options: { locations: boolean };
  readonly start: number;
}

/** Lines of nodes, which nobody reads. The TypeScript parser writes to them. */
const noLines = {};

/** A node with offsets alone: the lines and columns of nodes and tokens take as much time and memory as the tree itself. */
class PlainNode {
  readonly type = '';
  readonly end = 0;

  constructor(readonly start: number) {}

  get loc(): object {
    return noLines;
  }
}

const nodeAt = (start: number): Node => new PlainNode(start) as unknown as Node;

/** The parser makes no lines and columns. */
export function withPlainNodes(base: typeof Parser): typeof Parser {
  const Base = base as unknown as new (options: Options, input: string, startPosition?: number) => NodeInternals;
  class PlainParser extends Base {
    constructor(options: Options, input: string, startPosition?: number) {
      super(options, input, startPosition);
      // The TypeScript parser switches it on.
      this.options.locations = false;
    }

    /** Asked once, for all tokens. The TypeScript parser takes the column of a failure for an offset. */
    curPosition(): object {
      const offset = (): number => this.start;
      return {
        get column() {
          return offset();
        },
      };
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
