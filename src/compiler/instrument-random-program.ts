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
    const rest = (replacement: readonly Piece[]): Piece => ({ ...piece, children: children.toSpliced(index, 1, ...replacement) });
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

/**
 * Makes async programs out of a seed: functions, generators, iterables and thenables that log, and statements that
 * suspend in every way. Generators are used in the context in which they are made, where AsyncLocalStorage, which follows
 * the caller of `next`, agrees with the proposal, which follows the creator.
 */
export class RandomProgram {
  #state: number;
  #serial = 0;

  constructor(seed: number) {
    this.#state = seed >>> 0;
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
    const main = this.#list({ depth: 0, kind: 'async', labels: [], inTry: false, mayReturn: false }, 0, 5);
    return { before: prelude, children: [...declarations, ...main], after: 'await Promise.allSettled(pending);\n' };
  }

  #callable(level: number, kind: Place['kind'], before: string, after: string): Piece {
    const collision = this.#chance(0.15) ? [leaf(`var c = 1, [d] = [2]; function c() { } log([typeof c, d]);\n`)] : [];
    const body = this.#list({ depth: 1, kind, labels: [], inTry: false, mayReturn: true }, level + 1, 3);
    return { before, children: [...collision, ...body], after };
  }

  #list(place: Place, level: number, most: number): Piece[] {
    return Array.from({ length: 1 + this.#below(most) }, () => this.#statement(place, level));
  }

  #statement(place: Place, level: number): Piece {
    const isDeep = place.depth > 3;
    const choices: (() => Piece)[] = [
      () => leaf(`log(${this.#id()});\n`),
      () => leaf(`log(${this.#value(place, level)});\n`),
      () => leaf(`log([${this.#id()}, ${this.#value(place, level)}, get()]);\n`),
    ];
    if (place.kind !== 'async') choices.push(() => leaf(`log(yield ${this.#id()});\n`), () => leaf(`log(${this.#yielded(place, level)});\n`));
    if (place.inTry) choices.push(() => leaf(`if (${this.#flip()}) throw new Error('e${this.#id()}');\n`));
    if (place.labels.length > 0) choices.push(() => leaf(`if (${this.#flip()}) ${this.#pick(['break', 'continue'])} ${this.#pick(place.labels)};\n`));
    if (place.mayReturn) choices.push(() => leaf(`if (${this.#flip()}) return ${place.kind === 'generator' ? this.#id() : this.#operand(level)};\n`));
    if (!isDeep) {
      choices.push(
        () => this.#try(place, level),
        () => this.#try(place, level),
        () => this.#loop(place, level),
        () => this.#loop(place, level),
        () => this.#run(level),
      );
    }
    return this.#pick(choices)();
  }

  #try(place: Place, level: number): Piece {
    const inner = { ...place, depth: place.depth + 1 };
    const block: Piece = { before: 'try {\n', children: this.#list({ ...inner, inTry: true }, level, 3), after: '}' };
    const form = this.#below(3);
    const param = this.#pick(['(error)', '({ name: error })', '']);
    const caught: Piece = {
      before: ` catch ${param} {\nlog('caught');${param === '' ? '' : 'log(error);'}\n`, children: this.#list(inner, level, 2), after: '}',
    };
    const last: Piece = { before: ` finally {\nlog('finally');\n`, children: this.#list(inner, level, 2), after: '}' };
    return { before: '', children: [block, ...(form === 1 ? [] : [caught]), ...(form === 0 ? [] : [last])], after: '\n' };
  }

  #loop(place: Place, level: number): Piece {
    const label = `l${this.#id()}`;
    const inner = { ...place, depth: place.depth + 1, labels: [...place.labels, label] };
    const body = this.#list(inner, level, 3);
    const name = `x${this.#id()}`;
    let head = `for (const ${name} of ${this.#pick(['[1, 2]', this.#syncIterable(level)])})`;
    let target = name;
    if (place.kind !== 'generator' && this.#chance(0.7)) {
      const form = this.#pick(['const x', 'let x', 'var x', 'var { length: x }', 'const [x = await 3]', 'box.x', 'const { y: x = log("default") }']);
      const iterable = form.includes('[') ? '[[1], [], Promise.resolve([2])]' : this.#asyncIterable(level);
      if (form === 'box.x') target = form;
      head = `for await (${target === form ? form : form.replace('x', name)} of ${iterable})`;
    }
    return { before: `${label}: ${head} {\nlog(typeof ${target});\n`, children: body, after: '}\n' };
  }

  #run(level: number): Piece {
    const body = this.#list({ depth: 2, kind: 'async', labels: [], inTry: false, mayReturn: true }, level, 3);
    return {
      before: `pending.push(run('v${this.#id()}', async () => {\n`, children: body, after: '}).catch((error) => { try { log(error); } catch { } }));\n',
    };
  }

  #yielded(place: Place, level: number): string {
    if (place.kind === 'generator') return `yield* ${this.#syncIterable(level)}`;
    return this.#chance(0.5) ? `yield ${this.#operand(level)}` : `yield* ${this.#asyncIterable(level)}`;
  }

  /** An expression to log. */
  #value(place: Place, level: number): string {
    if (place.kind === 'generator') return this.#id();
    return `await ${this.#operand(level)}`;
  }

  /** An expression to await, return or yield. */
  #operand(level: number): string {
    const operands = [
      () => this.#id(),
      () => `Promise.resolve(${this.#id()})`,
      () => `thenable(${this.#id()})`,
      () => `seen(new Promise((resolve) => resolve(${this.#pick(['1', 'thenable(2)'])})))`,
      () => `seen(Promise.resolve(1).then((x) => { log('then'); return ${this.#pick(['x', 'thenable(x)', 'Promise.resolve(x)'])}; }))`,
      () => `seen(Promise.resolve().finally(() => log('last')))`,
      () => `seen(Promise.reject(new Error('r${this.#id()}')).catch((error) => { log(error); }))`,
      () => `seen(Promise.all([thenable(1), Promise.resolve(2), 3]))`,
      () => `seen((async () => { log('arrow'); await 0; return thenable(log('late')); })())`,
      () => `seen((async () => thenable(await 4))())`,
    ];
    if (level <= 2) {
      operands.push(
        () => `seen(f${this.#from(level)}(${this.#id()}))`,
        () => `seen(h${this.#from(level)}(${this.#id()}))`,
        () => `seen(ag${this.#from(level)}(${this.#id()}).next())`,
        () => `seen((async (it) => { await it.next(); return it.${this.#pick(['return(Promise.resolve(5))', 'throw(new Error("t"))', 'next(6)'])}; })(ag${this.#from(level)}()))`,
      );
    }
    return this.#pick(operands)();
  }

  #asyncIterable(level: number): string {
    const iterables = [
      '[1, Promise.resolve(2)]', '[thenable(1), 2]', 'iterable(2)', 'iterable(2, true)', 'syncIterable([1, thenable(2)])',
    ];
    if (level <= 2) iterables.push(`ag${this.#from(level)}(1, 2)`, `ag${this.#from(level)}()`, `sg${this.#from(level)}()`);
    return this.#pick(iterables);
  }

  #syncIterable(level: number): string {
    return this.#pick(level > 2 ? ['syncIterable([1, 2])'] : ['syncIterable([1, 2])', `sg${this.#from(level)}()`]);
  }

  #from(level: number): number {
    return level + this.#below(3 - level);
  }

  #flip(): string {
    return this.#chance(0.5) ? 'true' : 'flip()';
  }

  #id(): string {
    return String(++this.#serial);
  }

  #pick<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }

  #chance(probability: number): boolean {
    return this.#below(1000) < probability * 1000;
  }

  /** mulberry32 */
  #below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }
}

function leaf(text: string): Piece {
  return { before: text, children: [], after: '' };
}

const prelude = `
const pending = []; const box = { set x(value) { log('set'); this.value = value; }, get x() { return this.value; } };
// A promise that a finally drops must not count as unhandled.
const seen = (promise) => { promise.catch(() => undefined); return promise; };
let flips = 0; const flip = () => ++flips % 3 === 0;
const thenable = (value) => ({ then(resolve) { log('asked'); resolve(value); } });
const iterable = (count, plain) => {
  const step = (result) => plain ? result : Promise.resolve(result);
  return { [Symbol.asyncIterator]() {
    log('open');
    let at = 0;
    return {
      next() { log('next'); return step({ value: at, done: at++ >= count }); },
      return(value) { log('return'); return step({ value, done: true }); },
    };
  } };
};
const syncIterable = (values) => ({ [Symbol.iterator]() {
  log('open sync');
  let at = 0;
  return {
    next() { log('next sync'); return { value: values[at], done: at++ >= values.length }; },
    return(value) { log('return sync'); return { value, done: true }; },
  };
} });
`;
