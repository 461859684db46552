import { describe, expect, it } from 'vitest';
import { Edits } from '../output/edits.js';
import { GeneratedNames } from '../output/generated-names.js';
import { addGuards, type GuardRuntime } from './guard.js';
import { parse } from '../parse/parse.js';

class Stop extends Error {}

function guarded(source: string): string {
  const { program } = parse(source, { language: 'js', sourceType: 'script', allowAwait: false });
  const edits = new Edits(source);
  const before = addGuards(program, edits, new GeneratedNames(source), 'runtime');
  return `${before}${edits.apply().text}`;
}

/** Runs code until it was asked so many times; from then on it is stopped at each check. */
function runs(source: string, checks: number): { readonly asked: number; readonly thrown: unknown } {
  let asked = 0;
  const guard: GuardRuntime = {
    calls: 0,
    rounds: 0,
    tick: () => void guard.check(),
    check() {
      guard.calls = 0;
      if (++asked > checks) throw new Stop();
      return 0;
    },
  };
  try {
    new Function('runtime', guarded(source))({ guard });
    return { asked, thrown: undefined };
  } catch (thrown) {
    return { asked, thrown };
  }
}

describe('C9: guarded code', () => {
  it.each([
    ['for', 'for (;;) ;'],
    ['for with a body', 'for (let i = 0; ; i++) { [i]; }'],
    ['for with a counter', 'for (let i = 0; i >= 0; i++) Number(i)'],
    ['for with a counter that adding does not change', 'for (let i = 9007199254740992; i > 0; i++) Number(i)'],
    ['while', 'while (true) ;'],
    ['do', 'do ; while (true)'],
    ['for-of over what never ends', 'function* forever() { for (;;) yield 1 } for (const x of forever()) ;'],
    [
      'for-of over an iterator of one’s own',
      'for (const x of { [Symbol.iterator]: () => ({ next: () => ({ value: 1 }) }) }) ;',
    ],
    [
      'for-of over an iterator with a method',
      'class A { [Symbol.iterator]() { return this } next() { return { value: 1 } } } for (const x of new A()) ;',
    ],
    [
      'for-of over an iterator that gets one',
      'const it = { [Symbol.iterator]() { return this } }; it.next = () => ({ value: 1 }); for (const x of it) ;',
    ],
    ['for-of over what grows', 'const a = [1]; for (const x of a) a[a.length] = x'],
    ['for-in', 'const o = { a: 1, b: 2 }; for (;;) for (const k in o) ;'],
    ['labels', 'a: for (;;) { b: for (;;) continue a; }'],
    ['recursion', 'function f(n) { return n === 0 ? 0 : f(n - 1) + f(n - 1) } f(200)'],
    ['recursion of arrows', 'const f = (n) => n === 0 ? 0 : g(n - 1) + g(n - 1), g = (n) => f(n); f(200)'],
    [
      'recursion of getters',
      'const o = { n: 200, get x() { if (--this.n === 0) return Number(1); const r = this.x + Number(1); this.n++; return r + this.x } }; for (;;) o.x',
    ],
    [
      'methods that wait for each other',
      'class A { m(n) { return n && (this.m(n - 1), this.m(n - 1)) } } new A().m(200)',
    ],
    ['callbacks', 'function f(n) { if (n) [1, 2].forEach(() => f(n - 1)) } f(200)'],
    ['callbacks with short loops', 'Array.from({ length: 2_000 }, () => { for (let i = 0; i < 3; i++) ; })'],
    ['spread', 'function f(n) { return n ? [...g(n), ...g(n)] : [] } function* g(n) { yield* f(n - 1) } f(200)'],
    ['static blocks', 'class A { static { for (;;) ; } }'],
    ['an async function without await', '(async () => { for (;;) ; })().catch(() => 0); for (;;) ;'],
    ['what swallows', 'for (;;) { try { for (;;) ; } catch {} }'],
    ['what continues in finally', 'for (;;) { try { for (;;) ; } finally { continue } }'],
    ['what returns in finally', 'function f() { try { for (;;) ; } finally { return f() } } f()'],
    ['what calls itself when it is caught', 'function f() { try { for (;;) ; } catch { f() } } f()'],
  ])('ends: %s', (_what, source) => {
    expect(runs(source, 1_000)).toMatchObject({ thrown: expect.any(Stop) });
  });

  it('ends: for-of over lists of holes, which calls nothing', () => {
    for (const list of ['Array(4_294_967_295)', '[].keys.call({ length: Infinity })'])
      expect(runs(`for (const x of ${list}) ;`, 3)).toMatchObject({ asked: 4, thrown: expect.any(Stop) });
  });

  it.each([
    ['let s = 0; for (let i = 0; i < 3; i++) s += i; return s', 3],
    ['let s = 0; for (const x of [1, 2]) s += x; for (const k in { a: 1 }) s += k; return s', '3a'],
    ['let i = 0; do i++; while (i < 5)\nreturn i', 5],
    ['let i = 0\nwhile (i < 4) i++\nreturn i', 4],
    ['if (false) for (;;) ; else return 1', 1],
    ['const all = []; for (let i = 0; i < 2; i++) all.push(() => i); return all.map((f) => f())', [0, 1]],
    ['function f() { "use strict"; for (;;) return this } return f()', undefined],
    ['function f() { "use strict"\nfor (;;) return this } return f()', undefined],
    ['const f = (x) => ({ y: Number(x) }); return f(1)', { y: 1 }],
    ['const f = (x) => x ? Number(x) : 0; return f(2)', 2],
    ['return [1, 2].map((x) => String(x), 0)', ['1', '2']],
    [
      'outer: for (const a of [1, 2]) { for (const b of [1, 2]) { if (b === 2) continue outer; if (a === 2) break outer } } return 9',
      9,
    ],
    [
      'class A { constructor(n) { this.n = Number(n) } static { for (const k of [1]) this.k = k } } class B extends A { constructor() { super(4) } } return [new B().n, A.k]',
      [4, 1],
    ],
    ['function* g() { for (const x of [1, 2]) yield Number(x) } return [...g()]', [1, 2]],
    ['for (var i = 0; i < 2; i++) if (i) return i; else ;', 1],
    // Rounds of 64: whatever ends a loop or a round ends it once, and the condition is read once for each round.
    ['let s = 0; for (let i = 0; i < 200; i++) s += Number(i); return s', 19_900],
    ['let s = 0; for (let i = 0; i < 128; i++) { if (i % 2) continue; s += Number(i) } return s', 4_032],
    ['let n = 0; for (let i = 0, to = 100; (i < to); i++) { if (i === 64) break; n += Number(1) } return n', 64],
    ['let n = 0; for (let i = 0; i < 100; i++) { if (i === 63) break; n += Number(1) } return n', 63],
    ['let asked = 0; for (let i = 0; (asked++, i < 130); i++) Number(i); return asked', 131],
    ['let asked = 0; for (let i = 0; asked++ < 64, i < 64; i++) Number(i); return asked', 65],
    ['let n = 0; for (let i = -70; i <= 70; i++) for (let j = 5; j < 75; j++) n += Number(1); return n', 9_870],
    [
      'a: for (const x of [1, 2]) for (let i = 0; i < 99; i++) { if (Number(i) === 64) continue a; if (x === 2) return i }',
      0,
    ],
    ['function* g() { for (let i = 0; i < 70; i++) if (Number(i) > 67) yield i } return [...g()]', [68, 69]],
    ['const all = []; for (let i = 0; i < 70; i++) all.push(() => i); return all[69]()', 69],
    ['const f = (n) => n < 2 ? n : f(n - 1) + f(n - 2); return f(10)', 55],
    ['const f = (n) => (n > 2 ? (f(n - 1), f(n - 2)) : n); return f(10)', 2],
    [
      'function f(n) { "use strict"; if (n < 1) { return this } if (n < 2) return; else return f.call(n, n - 2); } return [f(1), f(2)]',
      [undefined, 2],
    ],
    [
      'class A { constructor(n) { if (n) return; this.x = Number(1) } } return [new A(0).x, new A(1).x]',
      [1, undefined],
    ],
  ])('does what it did: %s', (source, expected) => {
    const guard: GuardRuntime = { calls: 0, rounds: 0, tick: () => undefined, check: () => 0 };
    expect(new Function('runtime', `${guarded(`function main() {${source}\n}`)}\nreturn main()`)({ guard })).toEqual(
      expected,
    );
  });

  it.each([
    [
      'for (let i = 0; i < 1e9; i++) work(i)',
      'for (let i = 0,$c_l=i;i>=$c_l;i<$c_l||$c_g.tick())for($c_l=i+64; i<$c_l&&(i < 1e9); i++) work(i)',
    ],
    ['for (let i = 0; i < 1e9; i++) work(() => i)', '(i&63)===63'],
    ['for (let i = 0; i < 1e9; i++) { work(class { x = i }) }', '(i&63)===63'],
    ['async function f() { for (let i = 0; i < 1e9; i++) await i }', '(i&63)===63'],
    ['a: for (let i = 0; i < 1e9; i++) for (const k of work()) continue a', '(i&63)===63'],
    ['for (let i = 0; ; i++) work(i)', '(i&63)===63'],
    ['for (let i = 2 ** 60; i < 1e30; i++) work(i)', '+1|0)&63'],
    ['for (let i = 9007199254740992; i < 1e30; i++) work(i)', '+1|0)&63'],
    ['function f(n) { return n < 2 ? n : f(n - 1) }', 'n < 2 ? n : (--$c_g.calls<0&&$c_g.check(),f(n - 1))'],
    ['const f = (n) => n < 1 ? 0 : n < 2 ? n : f(n - 1)', ': n < 2 ? n : (--$c_g.calls<0&&$c_g.check(),f(n - 1))'],
    ['function f(n) { if (n < 2) return n; f(n - 1) }', 'return n; if(--$c_g.calls<0)$c_g.check();f(n - 1)'],
    ['function f(n) { if (n.x) return n; f(n - 1) }', '{if(--$c_g.calls<0)$c_g.check(); if'],
    ['const it = { next() { if (a) return a; return f() } }', '{if(--$c_g.calls<0)$c_g.check(); if'],
    ['for (let i = 0; i < 1e9; i++) { i-- }', '+1|0)&63'],
    ['for (let i = 0n; i < 9n; i++) ;', '+1|0)&63'],
    ['for (let i = 0; i < 1e9; i++) { let i = 0n }', '+1|0)&63'],
    ['for (let i = 0; ; [i] = [0]) ;', '+1|0)&63'],
    ['for (var i = 0; i < 1e9; i++) work(i)', '+1|0)&63'],
    ['for (let i = 0; i < 1e9; i++) { class i {} work(i) }', '+1|0)&63'],
    ['for (let i = 0; i < 1e9; i++) { try { work(i) } catch {} }', '.check()|0'],
    ['while (x) { (() => { try {} catch {} })() }', '+1|0)&63'],
  ])('counts as cheaply as it can: %s', (source, expected) => {
    expect(guarded(source)).toContain(expected);
  });

  it('asks nothing of a short loop that calls nothing', () => {
    expect(guarded('for (let i = 0; i < 100; i++) sum += list[i]')).not.toMatch(/tick|check/);
    expect(guarded('for (let i = 0; i < 1e9; i++) sum += list[i]')).toContain('tick');
    expect(guarded('for (let i = 0; i < 100; i++) sum += f(i)')).toContain('tick');
    expect(guarded('for (let i = 0; i < 100; i++) { i = 0 }')).toContain('tick');
    expect(guarded('for (const [a] of list) sum += a')).toContain('tick');
  });

  it('asks nothing of a loop over a list that its function fills by push', () => {
    const fills = (more: string): string =>
      guarded(
        `function f(n) { const all = []; while (n--) all.push({ n }); for (const { n } of all) sum += n; ${more} }`,
      );
    expect(fills('')).not.toContain('c_q');
    // The list may have another length by then, or be another one.
    for (const more of [
      'all.length = n',
      'g(all)',
      'all.push = g',
      'all[push](n)',
      '{ const all = g; for (const a of all) ; }',
    ])
      expect(fills(more)).toContain('c_q');
    expect(guarded('const all = []; all.push(1); for (const a of all) ;')).toContain('c_q');
  });

  it('keeps lines, and asks nothing where nothing repeats', () => {
    const source = 'function f(x) {\n  while (x)\n    x--\n  return (y) =>\n    f(y)\n}';
    expect(guarded(source).split('\n')).toHaveLength(6);
    expect(guarded('const add = (a, b) => a + b; class A { x = 1 }')).not.toContain('check');
  });
});
