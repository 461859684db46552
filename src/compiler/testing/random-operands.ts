import type { RandomChoices } from './random-choices.js';

/** Expressions of a random program that suspend, or give what is awaited, iterated or returned. */
export class RandomOperands {
  readonly #choices: RandomChoices;
  readonly #newest: boolean;

  constructor(choices: RandomChoices, newest: boolean) {
    this.#choices = choices;
    this.#newest = newest;
  }

  /** An expression to await, return or yield in an async function. It calls functions of that level on. */
  operand(level: number): string {
    const id = (): string => this.#choices.id();
    const operands = [
      () => id(),
      () => `Promise.resolve(${id()})`,
      () => this.#thenable(),
      () => `seen(new Promise((resolve) => resolve(${this.#pick(['1', 'thenable(2)'])})))`,
      () =>
        `seen(Promise.resolve(1).then((x) => { log('then'); return ${this.#pick(['x', 'thenable(x)', 'Promise.resolve(x)'])}; }))`,
      () => `seen(Promise.resolve().finally(() => log('last')))`,
      () => `seen(Promise.reject(new Error('r${id()}')).catch((error) => { log(error); }))`,
      () =>
        `seen(Promise.${this.#pick(['all', 'race', 'any', 'allSettled'])}([${this.#thenable()}, Promise.resolve(2), 3]))`,
      () => `seen((async () => { log('arrow'); await 0; return thenable(log('late')); })())`,
      () => `seen((async () => thenable(await 4))())`,
      () => `seen(Promise.resolve(${this.#pick(['thrower()', 'refusing(1)'])}).catch((error) => { log(error); }))`,
      () =>
        `seen(${this.#pick(['Own', 'Plain', 'Heard'])}.resolve(${this.#pick(['1', 'thenable(2)'])}).then((x) => { log('own'); return ${this.#pick(['x', 'thenable(x)'])}; }))`,
      () => `seen(${this.#pick(['Own', 'Heard'])}.all([thenable(1), 2]))`,
      () => `tag\`a\${await ${this.#awaited()}}b\${${id()}}\``,
      () => `(await ${this.#awaited()})?.missing?.(await log('never'))`,
      () => `({ m(x) { log('m'); return x; } })?.m(await ${this.#awaited()})`,
      () => `(await ${this.#awaited()}, await ${this.#awaited()})`,
      () => `(await ${this.#awaited()} ? await ${this.#awaited()} : log('no'))`,
    ];
    if (level <= 2) operands.push(...this.#calls(level));
    if (this.#newest) operands.push(...this.#newestOperands());
    return this.#pick(operands)();
  }

  #calls(level: number): (() => string)[] {
    const id = (): string => this.#choices.id();
    const closes = ['return(Promise.resolve(5))', 'return(thenable(5))', 'throw(new Error("t"))', 'next(6)'];
    return [
      () => `seen(f${this.#from(level)}(${id()}))`,
      () => `seen(h${this.#from(level)}(${id()}))`,
      () => `seen(ag${this.#from(level)}(${id()}).next())`,
      () => `seen(ag${this.#from(level)}(${id()}).return(${this.#thenable()}))`,
      () => `seen((async (it) => { await it.next(); return it.${this.#pick(closes)}; })(ag${this.#from(level)}()))`,
    ];
  }

  #newestOperands(): (() => string)[] {
    return [
      () =>
        `seen(Array.fromAsync(${this.#unclosed()}, ${this.#pick(['(x) => { log("map"); return x; }', '() => thenable(1)', 'async () => { await 0; log("map"); }'])}))`,
      () => `seen(Array.fromAsync(${this.#unclosed()}))`,
      () => `seen(Array.fromAsync({ length: 2, 0: thenable(1), get 1() { return log('get'); } }))`,
      () =>
        `seen(Promise.try((x) => { log('try'); return ${this.#pick(['x', 'thenable(x)', 'Promise.resolve(x)'])}; }, 1))`,
      () => `seen(deferred(${this.#pick(['1', 'thenable(2)'])}))`,
    ];
  }

  /** Of iterators that have nothing to close: V8 closes one for ever whose `return` throws. */
  #unclosed(): string {
    return this.#pick(['[1, Promise.resolve(2)]', '[thenable(1), 2]', 'unclosed(2)']);
  }

  asyncIterable(level: number): string {
    const iterables = [
      '[1, Promise.resolve(2)]',
      '[thenable(1), 2]',
      'iterable(2)',
      'iterable(2, true)',
      'syncIterable([1, thenable(2)])',
    ];
    if (level <= 2)
      iterables.push(`ag${this.#from(level)}(1, 2)`, `ag${this.#from(level)}()`, `sg${this.#from(level)}()`);
    return this.#pick(iterables);
  }

  syncIterable(level: number): string {
    return this.#pick(level > 2 ? ['syncIterable([1, 2])'] : ['syncIterable([1, 2])', `sg${this.#from(level)}()`]);
  }

  #thenable(): string {
    return this.#pick(['thenable', 'got', 'twice', 'nested'].map((name) => `${name}(${this.#choices.id()})`));
  }

  #awaited(): string {
    return this.#pick([this.#choices.id(), 'Promise.resolve(1)', 'thenable(2)']);
  }

  #from(level: number): number {
    return level + this.#choices.below(3 - level);
  }

  #pick<T>(items: readonly T[]): T {
    return this.#choices.pick(items);
  }
}
