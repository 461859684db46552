import { RandomChoices } from './random-choices.js';
import { RandomOperands } from './random-operands.js';
import { prelude } from './random-prelude.js';

/** A piece of a random program: text around pieces, each of which may be left out. */
export interface Piece {
  readonly before: string;
  readonly children: readonly Piece[];
  readonly after: string;
}

export function textOf({ before, children, after }: Piece): string {
  return `${before}${children.map(textOf).join('')}${after}`;
}

/** Leaves out pieces as long as the rest still fails. */
export async function shrink(piece: Piece, fails: (piece: Piece) => Promise<boolean>): Promise<Piece> {
  for (const smaller of withoutOne(piece)) if (await fails(smaller)) return shrink(smaller, fails);
  return piece;
}

function* withoutOne(piece: Piece): Generator<Piece> {
  const { children } = piece;
  for (const [index, child] of children.entries()) {
    const rest = (replacement: readonly Piece[]): Piece => ({
      ...piece,
      children: children.toSpliced(index, 1, ...replacement),
    });
    yield rest([]);
    for (const smaller of withoutOne(child)) yield rest([smaller]);
  }
}

interface Place {
  readonly depth: number;
  readonly kind: 'async' | 'asyncGenerator' | 'generator';
  readonly labels: readonly string[];
  readonly inTry: boolean;
  /** False at the top level of the program. */
  readonly mayReturn: boolean;
}

/** Whether this engine has `using`, and built-ins of 2025: `Array.fromAsync`, `Promise.try`, `Promise.withResolvers`. */
export const knowsNewest =
  'asyncDispose' in Symbol && 'fromAsync' in Array && 'try' in Promise && parses('{ using x = null; }');

/**
 * Makes async programs out of a seed: functions, generators, iterables and thenables that log, and statements that
 * suspend in every way. Generators are used in the context in which they are made, where AsyncLocalStorage, which follows
 * the caller of `next`, agrees with the proposal, which follows the creator.
 */
export class RandomProgram {
  readonly #choices: RandomChoices;
  readonly #operands: RandomOperands;
  readonly #newest: boolean;

  /** @param newest whether the program may use what only the newest engines know */
  constructor(seed: number, newest = knowsNewest) {
    this.#choices = new RandomChoices(seed);
    this.#operands = new RandomOperands(this.#choices, newest);
    this.#newest = newest;
  }

  make(): Piece {
    const declarations: Piece[] = [];
    for (let level = 2; level >= 0; level--) {
      // A function calls those of higher levels only, so that every program ends.
      declarations.push(this.#callable(level, 'async', `async function f${level}(a) {`, '}\n'));
      declarations.push(this.#callable(level, 'async', `const h${level} = async (a) => {`, '};\n'));
      declarations.push(this.#callable(level, 'asyncGenerator', `async function* ag${level}(a, ...rest) {`, '}\n'));
      declarations.push(this.#callable(level, 'generator', `function* sg${level}(a) {`, '}\n'));
    }
    const main = this.#list({ ...inFunction, depth: 1, mayReturn: false }, 0, 5);
    return { before: prelude, children: [...declarations, ...main], after: 'await Promise.allSettled(pending);\n' };
  }

  #callable(level: number, kind: Place['kind'], before: string, after: string): Piece {
    const collision = this.#choices.chance(0.15)
      ? [leaf(`var c = 1, [d] = [2]; function c() { } log([typeof c, d]);\n`)]
      : [];
    return { before, children: [...collision, ...this.#list({ ...inFunction, kind }, level + 1, 3)], after };
  }

  #list(place: Place, level: number, most: number): Piece[] {
    return Array.from({ length: 1 + this.#choices.below(most) }, () => this.#statement(place, level));
  }

  #statement(place: Place, level: number): Piece {
    const choices: (() => Piece)[] = [
      () => leaf(`log(${this.#id()});\n`),
      () => leaf(`log(${this.#value(place, level)});\n`),
      () => leaf(`log([${this.#id()}, ${this.#value(place, level)}, get()]);\n`),
    ];
    if (place.kind !== 'async')
      choices.push(
        () => leaf(`log(yield ${this.#id()});\n`),
        () => leaf(`log(${this.#yielded(place, level)});\n`),
      );
    if (place.inTry) choices.push(() => leaf(`if (${this.#flip()}) throw new Error('e${this.#id()}');\n`));
    if (place.labels.length > 0)
      choices.push(() =>
        leaf(`if (${this.#flip()}) ${this.#pick(['break', 'continue'])} ${this.#pick(place.labels)};\n`),
      );
    if (place.mayReturn)
      choices.push(() =>
        leaf(`if (${this.#flip()}) return ${place.kind === 'generator' ? this.#id() : this.#returned(level)};\n`),
      );
    if (place.kind !== 'generator') choices.push(() => this.#destructuring(level));
    return this.#pick(place.depth > 3 || this.#choices.chance(0.6) ? choices : this.#deeper(place, level))();
  }

  #deeper(place: Place, level: number): (() => Piece)[] {
    const pieces = [
      () => this.#try(place, level),
      () => this.#try(place, level),
      () => this.#loop(place, level),
      () => this.#loop(place, level),
      () => this.#run(level),
      () => this.#run(level),
      () => this.#switch(place, level),
    ];
    if (place.kind !== 'generator')
      pieces.push(
        () => this.#class(level),
        () => this.#doWhile(place, level),
        () => this.#arrow(level),
      );
    if (this.#newest)
      pieces.push(
        () => this.#using(place, level),
        () => this.#usingLoop(place, level),
      );
    return pieces;
  }

  #try(place: Place, level: number): Piece {
    const inner = { ...place, depth: place.depth + 1 };
    const block: Piece = { before: 'try {\n', children: this.#list({ ...inner, inTry: true }, level, 3), after: '}' };
    const form = this.#choices.below(3);
    const param = this.#pick(['(error)', '({ name: error })', '']);
    const caught: Piece = {
      before: ` catch ${param} {\nlog('caught');${param === '' ? '' : 'log(error);'}\n`,
      children: this.#list(inner, level, 2),
      after: '}',
    };
    const last: Piece = { before: ` finally {\nlog('finally');\n`, children: this.#list(inner, level, 2), after: '}' };
    return {
      before: '',
      children: [block, ...(form === 1 ? [] : [caught]), ...(form === 0 ? [] : [last])],
      after: '\n',
    };
  }

  #loop(place: Place, level: number): Piece {
    const label = `l${this.#id()}`;
    const inner = { ...place, depth: place.depth + 1, labels: [...place.labels, label] };
    const body = this.#list(inner, level, 3);
    const name = `x${this.#id()}`;
    let head = `for (const ${name} of ${this.#pick(['[1, 2]', this.#operands.syncIterable(level)])})`;
    let target = name;
    if (place.kind !== 'generator' && this.#choices.chance(0.7)) {
      const form = this.#pick([
        'const x',
        'let x',
        'var x',
        'var { length: x }',
        'const [x = await 3]',
        'box.x',
        'const { y: x = log("default") }',
      ]);
      const iterable = form.includes('[') ? '[[1], [], Promise.resolve([2])]' : this.#operands.asyncIterable(level);
      if (form === 'box.x') target = form;
      head = `for await (${target === form ? form : form.replace('x', name)} of ${iterable})`;
    }
    return { before: `${label}: ${head} {\nlog(typeof ${target});\n`, children: body, after: '}\n' };
  }

  #doWhile(place: Place, level: number): Piece {
    const [label, count] = [`l${this.#id()}`, `n${this.#id()}`];
    const body = this.#list({ ...place, depth: place.depth + 1, labels: [...place.labels, label] }, level, 2);
    return {
      before: `let ${count} = 0; ${label}: do {\n`,
      children: body,
      after: `} while (${count}++ < 1 && await ${this.#operand(level)});\n`,
    };
  }

  #switch(place: Place, level: number): Piece {
    const cases = ['case 0:\n', `case ${this.#value(place, 3)}:\n`, 'default:\n'].map((before): Piece => ({
      before,
      children: this.#list({ ...place, depth: place.depth + 1 }, level, 2),
      after: this.#pick(['', 'break;\n']),
    }));
    return { before: `switch (${this.#value(place, level)}) {\n`, children: cases, after: '}\n' };
  }

  #run(level: number): Piece {
    return {
      before: `pending.push(run('v${this.#id()}', async () => {\n`,
      children: this.#list(inFunction, level, 3),
      after: '}).catch((error) => { try { log(error); } catch { } }));\n',
    };
  }

  /** Parameters that take apart, and closures in them. */
  #arrow(level: number): Piece {
    return {
      before: `log(await seen((async ({ a = get(), b: [c] = [a] } = {}, d = async () => { await 0; return log('parameter'); }, ...rest) => {\n`,
      children: [leaf('log([c, await d(), rest.length]);\n'), ...this.#list({ ...inFunction, depth: 3 }, level, 2)],
      after: '})()));\n',
    };
  }

  #class(level: number): Piece {
    const name = `C${this.#id()}`;
    const method: Piece = {
      before: 'async m(a = () => log(this.field)) {\n',
      children: this.#list({ ...inFunction, depth: 3 }, level, 3),
      after: 'a(); await this.#own; return super.m();\n}\n',
    };
    const generator: Piece = {
      before: '*g() {\n',
      children: this.#list({ ...inFunction, depth: 3, kind: 'generator' }, level, 2),
      after: '}\n',
    };
    const block = leaf(
      `static { pending.push(seen((async () => { log('block'); await 0; log('block after'); })())); }\n`,
    );
    const fields = leaf(
      `field = log('field'); static s = get(); #own = seen((async () => { log(await ${this.#operand(3)}); })());\n`,
    );
    const computed = leaf(`async [await 'computed']() { return log(await ${this.#operand(3)}); }\n`);
    return {
      before: `class ${name} extends Base {\n`,
      children: [block, fields, method, generator, computed],
      after: `}\nlog(await seen(new ${name}().m?.())); log([...new ${name}().g?.() ?? []].length); log(await seen(new ${name}().computed?.()));\n`,
    };
  }

  #destructuring(level: number): Piece {
    const [first, rest] = [`y${this.#id()}`, `z${this.#id()}`];
    return leaf(
      this.#pick([
        `const { y: ${first} = await ${this.#operand(level)}, ...${rest} } = { z: 1 }; log([${first}, ${rest}]);\n`,
        `const [${first} = await ${this.#operand(level)}] = ${this.#operands.syncIterable(level)}; log(${first});\n`,
        `({ y: box.x = await ${this.#operand(level)} } = {});\n`,
        `let ${first} = null; ${first} ??= await ${this.#operand(level)}; ${first} &&= await 1; log(${first});\n`,
      ]),
    );
  }

  /**
   * Resources that are disposed of at the end of a block; those that take their time in what can wait for them. Null stands
   * among two at most: for three the instrumented code may wait once more, which is known.
   */
  #using(place: Place, level: number): Piece {
    const resources = ['asyncResource(1)', 'slowResource(1)', 'resource(1)', 'await asyncResource(1)'];
    const two = [...resources, 'null'];
    const declaration = (of: readonly string[]): Piece =>
      leaf(`await using u${this.#id()} = ${this.#pick(of)}, u${this.#id()} = ${this.#pick(of)};\n`);
    const declarations =
      place.kind !== 'generator' && this.#choices.chance(0.5)
        ? [declaration(two)]
        : Array.from({ length: 1 + this.#choices.below(3) }, () =>
            place.kind === 'generator' || this.#choices.chance(0.3)
              ? leaf(`using u${this.#id()} = resource(1);\n`)
              : declaration(resources),
          );
    return {
      before: '{\n',
      children: [...declarations, ...this.#list({ ...place, depth: place.depth + 1 }, level, 2)],
      after: '}\n',
    };
  }

  #usingLoop(place: Place, level: number): Piece {
    const label = `l${this.#id()}`;
    const name = `u${this.#id()}`;
    const heads = [`for (using ${name} of [resource(1), null])`];
    if (place.kind !== 'generator') {
      heads.push(
        `for (await using ${name} of [asyncResource(1), slowResource(2), resource(3), null])`,
        `for await (await using ${name} of [asyncResource(1), Promise.resolve(null)])`,
        `for await (using ${name} of [resource(1)])`,
      );
    }
    const body = this.#list({ ...place, depth: place.depth + 1, labels: [...place.labels, label] }, level, 2);
    return { before: `${label}: ${this.#pick(heads)} {\n`, children: body, after: '}\n' };
  }

  #yielded(place: Place, level: number): string {
    if (place.kind === 'generator') return `yield* ${this.#operands.syncIterable(level)}`;
    return this.#choices.chance(0.5)
      ? `yield ${this.#operand(level)}`
      : `yield* ${this.#operands.asyncIterable(level)}`;
  }

  /** An expression whose value is logged. */
  #value(place: Place, level: number): string {
    return place.kind === 'generator' ? this.#id() : `await ${this.#operand(level)}`;
  }

  /** Of what is returned, a getter `then` is read before a `finally` and not after it, which is known. */
  #returned(level: number): string {
    return this.#operand(level).replaceAll('got(', 'thenable(');
  }

  #operand(level: number): string {
    return this.#operands.operand(level);
  }

  #flip(): string {
    return this.#choices.chance(0.5) ? 'true' : 'flip()';
  }

  #id(): string {
    return this.#choices.id();
  }

  #pick<T>(items: readonly T[]): T {
    return this.#choices.pick(items);
  }
}

const inFunction: Place = { depth: 2, kind: 'async', labels: [], inTry: false, mayReturn: true };

function leaf(text: string): Piece {
  return { before: text, children: [], after: '' };
}

function parses(text: string): boolean {
  try {
    return typeof new Function(text) === 'function';
  } catch {
    return false;
  }
}
