import { RandomChoices } from './random-choices.js';
import { prelude } from './random-prelude.js';
import type { Piece } from './random-program.js';

/** Where a form stands. */
interface Place {
  readonly depth: number;
  readonly kind: 'async' | 'generator';
  /** Labels of blocks and loops around it, which `break` may name. */
  readonly labels: readonly string[];
  /** Those of loops, which `continue` may name. */
  readonly loops: readonly string[];
}

type Make = (place: Place) => Piece;

const formPrelude = `
const rejection = (reason) => seen(Promise.reject(new Error(reason)));
const later = (value) => ({ then(resolve) { log('later'); Promise.resolve().then(() => resolve(value)); } });
const order = [];
const counted = (name, value) => { log(name); return value; };
class Parent { constructor() { log(typeof new.target); } async m(x) { log('parent'); await x; return log('parent after'); } static async s(x) { log(await x); } get ['g']() { return log('getter'); } }
const drive = async (g, requests) => { for (const answer of requests.map(([name, x]) => { try { return seen(g[name](x)); } catch (error) { return log(error); } })) { try { log(await answer); } catch (error) { log(error); } } };
const sink = (mark) => new WritableStream({ async write(chunk) { log('write'); await 0; log(chunk); }, close() { log('close'); }, abort(reason) { log('abort'); } }, { highWaterMark: mark });
const source = (count, mark) => { let at = 0; return new ReadableStream({ start() { log('start'); }, async pull(c) { log('pull'); await 0; if (at++ >= count) c.close(); else c.enqueue(at); }, cancel() { log('cancel'); } }, { highWaterMark: mark }); };
`;

/**
 * Programs of forms that the first generator does not write: expressions with awaits in every place, patterns, classes, labelled exits
 * through `finally`, requests that reach a generator while it waits, combinators, streams with back-pressure, and events. As there,
 * generators and streams are used in the context in which they are made.
 */
export class RandomForms {
  readonly #choices: RandomChoices;
  readonly #newest: boolean;
  /** Calls of functions that are made already, so that every program ends. */
  readonly #callable: string[] = [];

  /** @param newest whether the program may use what only the newest engines know */
  constructor(seed: number, newest: boolean) {
    this.#choices = new RandomChoices(seed);
    this.#newest = newest;
  }

  make(): Piece {
    const inAsync: Place = { depth: 0, kind: 'async', labels: [], loops: [] };
    const functions = [0, 1].map((level): Piece => {
      const children = this.#list({ ...inAsync, depth: 2 }, 3);
      this.#callable.push(`seen(f${level}(${this.#id()}, { b: 1 }))`, `seen(f${level}())`);
      return {
        before: `async function f${level}(a, { b = a, ...c } = {}, ...d) { log([arguments.length, typeof b, d.length]);\n`,
        children,
        after: `return ${this.#operand()};\n}\n`,
      };
    });
    const generator: Piece = {
      before: 'async function* g0(a) {\n',
      children: this.#list({ ...inAsync, kind: 'generator', depth: 2 }, 3),
      after: '}\n',
    };
    this.#callable.push('seen(g0().next())', 'seen(g0().return(later(1)))');
    const runs = Array.from({ length: 2 }, (): Piece => ({
      before: `pending.push(run('v${this.#id()}', async () => {\n`,
      children: this.#list(inAsync, 4),
      after: `}).catch((error) => { try { log(error); } catch { } }));\n`,
    }));
    return {
      before: prelude + formPrelude,
      children: [...functions, generator, ...runs],
      after: 'await Promise.allSettled(pending);\n',
    };
  }

  #list(place: Place, most: number): Piece[] {
    return Array.from({ length: 1 + this.#choices.below(most) }, () => this.#statement(place));
  }

  #statement(place: Place): Piece {
    const leaves: Make[] = [
      () => leaf(`log(${this.#expression()});\n`),
      () => leaf(`log(${this.#expression()});\n`),
      () => leaf(`try { log(${this.#expression()}); } catch (error) { log(error); }\n`),
      () => this.#pattern(),
      ({ labels }) =>
        leaf(labels.length > 0 ? `if (${this.#flip()}) break ${this.#pick(labels)};\n` : `await ${this.#operand()};\n`),
      ({ loops }) =>
        leaf(loops.length > 0 ? `if (${this.#flip()}) continue ${this.#pick(loops)};\n` : `log(${this.#id()});\n`),
      () => leaf(`if (${this.#flip()}) return ${this.#operand()};\n`),
      () =>
        leaf(`if (${this.#flip()}) throw ${this.#choices.chance(0.5) ? 'await ' : ''}new Error('e${this.#id()}');\n`),
    ];
    if (place.kind === 'generator')
      leaves.push(
        () => leaf(`log(yield ${this.#operand()});\n`),
        () => leaf(`log(await (yield ${this.#operand()}));\n`),
        () => leaf(`const [${this.#name('y')} = yield 1, ${this.#name('y')} = await 2] = [];\n`),
        () => leaf(`log(yield* ${this.#pick(['iterable(2)', 'iterable(2, true)', '[thenable(1), 2]'])});\n`),
      );
    if (place.depth > 3 || this.#choices.chance(0.45)) return this.#pick(leaves)(place);
    const deeper: Make[] = [
      (at) => this.#try(at),
      (at) => this.#try(at),
      (at) => this.#loop(at),
      (at) => this.#loop(at),
      (at) => this.#block(at),
      (at) => this.#switch(at),
      (at) => this.#class(at),
      (at) => this.#generator(at),
      () => this.#stream(),
      (at) => this.#event(at),
      (at) => this.#closure(at),
    ];
    if (this.#newest) deeper.push((at) => this.#using(at));
    return this.#pick(deeper)({ ...place, depth: place.depth + 1 });
  }

  /** Something to await. */
  #operand(): string {
    return this.#pick([
      () => this.#id(),
      () => `Promise.resolve(${this.#id()})`,
      () => `thenable(${this.#id()})`,
      () => `later(${this.#id()})`,
      () => `nested(1)`,
      () => `seen(rejection('r').catch((error) => { log(error); return ${this.#id()}; }))`,
      () => this.#pick(['thenable(1)', ...this.#callable]),
      () => this.#combinator(),
      () =>
        `seen(new Promise((resolve) => { log('executor'); resolve(${this.#pick(['1', 'thenable(2)', 'later(3)'])}); }))`,
      () => `seen((async () => { await 0; return later(log('async')); })())`,
    ])();
  }

  #combinator(): string {
    const name = this.#pick(['all', 'race', 'any', 'allSettled']);
    const items = this.#pick([
      `[thenable(1), later(2), 3]`,
      `[later(1), rejection('c')]`,
      `syncIterable([thenable(1), 2])`,
      `new Set([later(1), thenable(2)])`,
      `[1, 2].map(async (x) => { log(await thenable(x)); return x; })`,
    ]);
    const combined = `seen(Promise.${name}(${items}).then((x) => log('${name}')))`;
    return this.#newest && this.#choices.chance(0.2)
      ? `seen(Promise.try(async (x) => { log(await x); return thenable(x); }, ${this.#id()}))`
      : `seen(${combined}.catch((error) => log(error.name)))`;
  }

  /** An expression with awaits in it. */
  #expression(): string {
    const a = (): string => `await ${this.#operand()}`;
    return this.#pick([
      a,
      () => `[${a()}, ${a()}]`,
      () => `[...[${a()}], ...(${a()}, syncIterable([1]))]`,
      () => `({ [${a()}]: ${a()}, ...{ x: ${a()} }, async [counted('key', 'k')](x) { } })`,
      () => `tag\`a\${${a()}}b\${${a()}}\``,
      () => `\`\${${a()}}\${typeof (${a()})}\``,
      () => `box?.[${a()}]?.(${a()})`,
      () => `(${a()})?.x.y.z(${a()})`,
      () => `({ m(...xs) { log(this === undefined); return xs.length; } }).m(...[${a()}], ${a()})`,
      () => `(${a()}) + (${a()}) * 2 ** (${a()})`,
      () => `(${a()}) ? ${a()} : ${a()}`,
      () => `((${a()}) ?? (${a()})) || (${a()})`,
      () => `(box[${a()}] ??= ${a()})`,
      () => `(box[${a()}] += ${a()})`,
      () => `(box.y = ${a()}, box.y++, delete box[${a()}])`,
      () => `[box.x, box[${a()}] = ${a()}] = [${a()}]`,
      () => `({ y: box.y = ${a()}, ...box.z } = { w: ${a()} })`,
      () => `await await ${this.#operand()}`,
      () => `void (${a()})`,
      () => `typeof new (class extends Parent { constructor(x) { super(x); log(typeof new.target); } })(${a()})`,
      () => `await (async function () { return [arguments.length, arguments[0], ${a()}, arguments[1]]; })(${a()}, 2)`,
      () => `await (async () => { const own = async () => ${a()}; return own(); })()`,
      () => `await ((x, y = async () => ${a()}) => y())(${a()})`,
      () => `[...Iterator.from(syncIterable([1, 2])).map((x) => log('map'))].length + (${a()})`,
      () => `(${a()}, ${a()}) in box`,
      () => `(${a()}) instanceof Parent`,
      () => `await seen((async ({ a = log('a') }, [b] = [a]) => { ${a()}; return b; })({}))`,
    ])().replaceAll('Iterator.from(', this.#newest ? 'Iterator.from(' : 'Array.from(');
  }

  /** Iterators that a pattern has to close after a failed await are left out: they see no context, which is known. */
  #pattern(): Piece {
    const [x, y, z] = [this.#name('p'), this.#name('p'), this.#name('p')];
    const e = (): string => `await ${this.#operand()}`;
    return leaf(
      this.#pick([
        `const { [${e()}]: ${x} = ${e()}, q: { ${y} = ${e()} } = {}, ...${z} } = { s: ${e()} }; log([typeof ${x}, typeof ${y}, ${z}]);\n`,
        `let [${x} = ${e()}, [${y} = ${e()}] = [], ...[${z} = ${e()}]] = [undefined]; log([typeof ${x}, typeof ${y}, typeof ${z}]);\n`,
        `var { length: ${x}, [${x} - 1]: ${y} = ${e()} } = [${e()}, ${e()}]; log(${x});\n`,
        `let ${x} = ${e()}, ${y} = ${x}, ${z}; [${z} = ${e()}, ...box.rest] = [, 2]; log(typeof ${y});\n`,
        `for (const [${x}, ${y} = ${e()}] of [[1], [2, 3]]) log([${x}, typeof ${y}]);\n`,
        `for (var ${x} in { a: ${e()}, b: 1 }) log(${x});\n`,
      ]),
    );
  }

  #try(place: Place): Piece {
    const label = this.#name('t');
    const inner = { ...place, labels: [...place.labels, label] };
    const caught = this.#pick([
      '',
      ` catch { log('caught');`,
      ` catch (error) { log(error); await ${this.#operand()};`,
      ` catch ({ message = await ${this.#operand()}, ...more }) { log(typeof message);`,
    ]);
    const children: Piece[] = [{ before: `${label}: try {\n`, children: this.#list(inner, 3), after: '}' }];
    if (caught !== '') children.push({ before: caught, children: this.#list(inner, 2), after: '}' });
    if (caught === '' || this.#choices.chance(0.5))
      children.push({ before: ` finally { log('finally');\n`, children: this.#list(inner, 2), after: '}' });
    return { before: '', children, after: '\n' };
  }

  #loop(place: Place): Piece {
    const [label, name] = [this.#name('l'), this.#name('i')];
    const inner = { ...place, labels: [...place.labels, label], loops: [...place.loops, label] };
    const e = (): string => `await ${this.#operand()}`;
    const head = this.#pick([
      `for (let ${name} = (${e()}, 0); ${name} < 2 && (${e()}, true); ${name} += (${e()}, 1))`,
      `for (let ${name} = 0, f = () => ${name}; ${name} < 2; ${name}++)`,
      `for (const ${name} of [1, 2])`,
      `for (const ${name} of syncIterable([1, 2]))`,
      `for await (const ${name} of iterable(2))`,
      `for await (const { ${name} = ${e()} } of [{}, thenable({})])`,
      `for await ([box.x = ${e()}] of [[], Promise.resolve([1])])`,
      `for (const ${name} in { a: 1, b: 2 })`,
    ]);
    const times = this.#name('n');
    return {
      before: `let ${times} = 0;\n${label}: ${head} {\nif (++${times} > 3) break;\n`,
      children: this.#list(inner, 3),
      after: '}\n',
    };
  }

  #block(place: Place): Piece {
    const label = this.#name('b');
    const labels = [...place.labels, label];
    return {
      before: `${label}: {\nlet ${this.#name('c')} = await ${this.#operand()};\n`,
      children: this.#list({ ...place, labels }, 3),
      after: '}\n',
    };
  }

  #switch(place: Place): Piece {
    const label = this.#name('s');
    const inner = { ...place, labels: [...place.labels, label] };
    const one = (head: string): Piece => ({
      before: `${head}:\n`,
      children: this.#list(inner, 2),
      after: this.#pick(['', `break ${label};\n`]),
    });
    const children = [one(`case await ${this.#operand()}`), one('default'), one(`case (await ${this.#operand()}, 1)`)];
    return { before: `${label}: switch (await ${this.#pick(['1', 'thenable(1)'])}) {\n`, children, after: '}\n' };
  }

  #class(place: Place): Piece {
    const name = this.#name('C');
    const e = (): string => `await ${this.#operand()}`;
    const inner: Place = { depth: place.depth + 1, kind: 'async', labels: [], loops: [] };
    const method = (before: string): Piece => ({ before, children: this.#list(inner, 2), after: '}\n' });
    return {
      before: `class ${name} extends (${e()}, Parent) {\n`,
      children: [
        leaf(
          `static { pending.push(seen((async () => { log('block'); ${e()}; log(this.name === '${name}'); })())); }\n`,
        ),
        leaf(
          `#p = seen((async () => { log(${e()}); return this.#q?.(1); })()); [${e()}] = log('field'); static t = seen(Promise.resolve(this.s?.(1)));\n`,
        ),
        method('async #q(x) {\nlog(#p in this);\n'),
        method(`async m(x) {\nlog(await super.m(${e()}));\n`),
        leaf(
          `static async *[(${e()}, 'ag')]() { yield ${this.#operand()}; log(super.s === Parent.s); return ${this.#operand()}; }\n`,
        ),
        leaf(`async r() { await this.#p; log(super['g']); return super[(${e()}, 'm')](${e()}); }\n`),
        leaf(`static async s(x) { return super.s(${e()}); }\n`),
      ],
      after: `}\n{ const made = new ${name}(); log(await seen(made.m?.(1))); log(await seen(made.r?.())); await seen(${name}.t); for await (const x of ${name}.ag?.() ?? []) log(typeof x); }\n`,
    };
  }

  /** Requests that reach a generator while it waits for something. */
  #generator(place: Place): Piece {
    const requests = Array.from({ length: 2 + this.#choices.below(3) }, () =>
      this.#pick([
        `['next', ${this.#id()}]`,
        `['next', thenable(1)]`,
        `['return', ${this.#id()}]`,
        `['return', Promise.resolve(1)]`,
        `['throw', new Error('t${this.#id()}')]`,
      ]),
    );
    const inner: Place = { depth: place.depth + 1, kind: 'generator', labels: [], loops: [] };
    return {
      before: `await drive((async function* () {\ntry {\n`,
      children: this.#list(inner, 3),
      after: `} finally { log('ends'); await ${this.#operand()}; log('ended'); }\n})(), [${requests.join(', ')}]);\n`,
    };
  }

  #stream(): Piece {
    const [mark, room] = [this.#choices.below(3), 1 + this.#choices.below(2)];
    const [r, w] = [this.#name('r'), this.#name('w')];
    return leaf(
      this.#pick([
        `await source(2, ${mark}).pipeTo(sink(${room}));\n`,
        `for await (const x of source(3, ${mark})) { log(x); await ${this.#operand()}; if (x > 1) break; }\n`,
        `{ const ${r} = source(2, ${mark}).getReader(); log((await ${r}.read()).value); log(await ${this.#operand()}); await ${r}.cancel('c'); }\n`,
        `{ const ${w} = sink(${room}).getWriter(); const all = [${w}.write(1), ${w}.write(2)].map(seen); await ${w}.ready; log('ready'); await Promise.all(all); await ${w}.close(); }\n`,
        `{ const ${w} = sink(${room}).getWriter(); await ${w}.write(await ${this.#operand()}); await ${w}.abort('a'); }\n`,
      ]),
    );
  }

  #event(place: Place): Piece {
    const [target, owner] = [this.#name('e'), this.#name('o')];
    const inner: Place = { depth: place.depth + 1, kind: 'async', labels: [], loops: [] };
    return {
      before: `{\nconst ${target} = new EventTarget(), ${owner} = new AbortController();
${target}.addEventListener('x', function (event) { pending.push(seen((async () => { log([event.type, this === ${target}]);\n`,
      children: this.#list(inner, 2),
      after: `})())); }, { signal: ${owner}.signal });\n${owner}.signal.onabort = () => { try { log('abort'); } catch { } };
${target}.dispatchEvent(new Event('x')); await ${this.#operand()}; ${owner}.abort(); ${target}.dispatchEvent(new Event('x'));\n}\n`,
    };
  }

  #closure(place: Place): Piece {
    const inner: Place = { depth: place.depth + 1, kind: 'async', labels: [], loops: [] };
    const head = this.#pick([
      `(async function self(n = ${this.#id()}) {\nlog(typeof self);\n`,
      '(async ([x] = [1], { y = x } = {}) => {\nlog(y);\n',
      '({ async m() {\nlog(typeof super.m);\n',
      `run('w${this.#id()}', async () => {\n`,
    ]);
    const after = head.startsWith('({') ? '} }).m()' : head.startsWith('run') ? '})' : '})()';
    return {
      before: `try { log(await seen(${head}`,
      children: this.#list(inner, 3),
      after: `${after})); } catch (error) { log(error); }\n`,
    };
  }

  #using(place: Place): Piece {
    const [x, y] = [this.#name('u'), this.#name('u')];
    const label = this.#name('b');
    const inner = { ...place, labels: [...place.labels, label] };
    const declared = this.#pick([
      `using ${x} = (await ${this.#operand()}, resource(1));`,
      `await using ${x} = asyncResource(1), ${y} = await asyncResource(2);`,
      `using ${x} = resource(1); await using ${y} = slowResource(2);`,
      `await using ${x} = slowResource(1); using ${y} = resource(2);`,
    ]);
    const before = this.#pick([
      `${label}: {\n${declared}\n`,
      `${label}: for (const _ of [1, 2]) {\n${declared}\n`,
      `${label}: { const ${this.#name('k')} = 1; ${declared}\n`,
    ]);
    return { before, children: this.#list(inner, 3), after: '}\n' };
  }

  #flip(): string {
    return this.#pick(['true', 'flip()', 'flip()', 'await flip()']);
  }

  #name(prefix: string): string {
    return `${prefix}${this.#id()}`;
  }

  #id(): string {
    return this.#choices.id();
  }

  #pick<T>(items: readonly T[]): T {
    return this.#choices.pick(items);
  }
}

function leaf(text: string): Piece {
  return { before: text, children: [], after: '' };
}
