import type { ForStatement, VariableDeclaration } from '../parse/nodes.js';
import { Rank } from '../output/edits.js';
import type { Instrumentation } from './instrumentation.js';
import type { SyntaxNode } from '../parse/syntax.js';

/**
 * `using` and `await using` in functions with an activation. Resources are disposed of in reverse, so each `await using` gets a
 * neighbour on either side: the one before goes on with the function after the wait, the one after begins a wait for nothing.
 */
export class ResourceInstrumenter {
  readonly #shared: Instrumentation;
  #serial = 0;
  /** The variable that resumes the function after a block's resources, by block. */
  readonly #resumptions = new Map<SyntaxNode, string>();

  constructor(shared: Instrumentation) {
    this.#shared = shared;
  }

  /** A declaration among statements. */
  declaration(node: VariableDeclaration, parent: SyntaxNode, activation: string): void {
    if (parent.type === 'ForStatement' || parent.type === 'ForOfStatement') return;
    const { edits } = this.#shared;
    // A disposal without `await` may follow a failed suspension.
    if (node.kind === 'using')
      edits.wrap(node, '', `;${this.resumption(activation, this.#resumptions.get(parent)).text}`, Rank.instrument);
    else if (node.kind === 'await using') this.#awaitUsing(node, parent, activation, '');
  }

  /** `for (await using x = …;;)`: the declarations move before the loop, and a block holds both. */
  forHead(node: ForStatement, init: VariableDeclaration, activation: string, labels: string): void {
    const { edits } = this.#shared;
    edits.erase({ start: node.start, end: init.start });
    this.#awaitUsing(init, node, activation, '{');
    edits.insert(init.end, `;${labels}for(`, Rank.instrument);
    edits.wrap(node, '', '}', Rank.instrument);
  }

  /** The declaration that resumes the function before earlier resources are disposed of, and its name. */
  resumption(activation: string, earlier?: string): { readonly name: string; readonly text: string } {
    const name = this.#name();
    return {
      name,
      text: `using ${name}=${this.#shared.names.afterDisposal}(${activation}${earlier === undefined ? '' : `,${earlier}`});`,
    };
  }

  /** The declaration that disposes of a resource in the activation's context, after a resumption. */
  disposal(activation: string, resumption: string, resource: string): string {
    const { disposal, emptyDisposal } = this.#shared.names;
    return (
      `await using ${this.#name()}=${disposal}(${activation},${resumption},${resource});` +
      `using ${this.#name()}=${emptyDisposal}(${activation},${resumption},${resource})`
    );
  }

  /**
   * `await using a = A, b = B;` becomes `using …;const a = A;await using …;using …;const b = B;await using …;using …;`. The
   * function goes on once for a block: between resources it would wait for those that are null.
   */
  #awaitUsing(node: VariableDeclaration, block: SyntaxNode, activation: string, before: string): void {
    const { edits, tokens } = this.#shared;
    const declarators = node.declarations ?? [];
    const first = declarators[0];
    const present = this.#resumptions.get(block);
    const { name, text } = present === undefined ? this.resumption(activation) : { name: present, text: '' };
    this.#resumptions.set(block, name);
    edits.insert(node.start, `${before}${text}const `, Rank.instrument);
    edits.erase({ start: node.start, end: first.start });
    declarators.forEach((declarator, index) => {
      const disposal = `;${this.disposal(activation, name, declarator.id!.name!)}`;
      const next = declarators[index + 1];
      if (next === undefined) edits.wrap({ start: node.start, end: declarator.end }, '', disposal, Rank.instrument);
      else edits.replace(tokens.before(next.start, ','), `${disposal};const `);
    });
  }

  #name(): string {
    return `${this.#shared.names.resource}${this.#serial++}`;
  }
}
