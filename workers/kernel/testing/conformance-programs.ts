/** Programs whose value must be the same when compiled: strict programs as cells, all of them as text for `eval`. */
export const strictPrograms: Readonly<Record<string, readonly string[]>> = {
  'semicolons left out': [
    'let a = 1\nlet f = (x) => x + 1\nf(a)\nlet b = a\nf(b)',
    'let out = []\nlet f = () => out.push(1)\nvar c = out\nf()\nlet d\nf()\nout.length',
    'class A {}\n(function () {})\nlet g = function () { return 1 }\ng()',
  ],
  'parameters and bodies': [
    'var x = 1; function f(a = () => x) { var x = 2; return [a(), x] } f().join()',
    'var y = 1; ((a = y) => { var y = 2; return a + y })()',
  ],
  'long chains of operators': [
    "let x = 2; x + x * 3 ** 2 - x / 4 % 3 | x << 1 && x || 'none' ? (x, -x) ** 2 : ''",
    `let x = 1; \`\${x ${'+ x '.repeat(2000)}}\${${"'a' + ".repeat(2000)}x}\${x ${'- 1 + x '.repeat(1000)}}\``,
    `let x = 1; let o = { a: 1 }; 'a' in o ${"&& 'a' in o || x ".repeat(500)}`,
    'for (var i = 0, j = ("a" in { a: 1 }) ? 1 : 0; i < 2 + j; i++); i',
  ],
  hoisting: [
    'var r = f(); function f() { return 1 } function f() { return 2 } r',
    'var g; var t = typeof g; function g() {} t',
  ],
  'undeclared names': [
    'try { new nope.x } catch (e) { String(e) }',
    'try { new nope } catch (e) { String(e) }',
    'typeof nope + typeof (nope)',
  ],
  'dead zone': [
    'try { q } catch (e) { var m = String(e) } let q = 1; m',
    'try { r = 1 } catch (e) { var m = String(e) } const r = 2; m',
    'const c = 1; try { c = 2 } catch (e) { String(e) }',
  ],
  'direct eval': [
    'function f(a) { let b = 2; return eval("a + b") } f(1)',
    'const f = (...r) => eval("r.length"); f(1, 2, 3)',
    'class A { #p = 4; m() { return eval("this.#p + super.toString().length") } } new A().m()',
    'function F() { return eval("new.target === F") } new F() instanceof F && typeof F()',
    'let z = 3; (() => eval("z = 4"))(); z',
    'eval("1; if (false) 2")',
    'eval(5)',
    'let k = 1; { let k = 2; eval("(() => k)()") }',
    'function f() { eval("var hidden = 1"); return typeof hidden } f()',
    'var e = eval; [typeof e("typeof f0"), e === eval].join()',
    'function f() { return eval("let v = 1; { v++ } eval(\'v\')") } f()',
    'try { eval("}") } catch (e) { [e.name, e.constructor === SyntaxError].join() }',
  ],
};

/** Programs with a different meaning in strict code. */
export const sloppyPrograms: Readonly<Record<string, readonly string[]>> = {
  with: [
    'var x1 = "outer"; with ({ x1: 1, y1: 2 }) { x1 = 5; var z1 = x1 + y1 } [x1, z1].join()',
    'var o1 = { n: 1, f() { return this === o1 } }; with (o1) { f() && n }',
    '(function () { "use strict"; return this })() === undefined && (function () { return typeof this })()',
  ],
  'functions in blocks': [
    'var t1 = typeof g1; { function g1() { return 1 } } t1 + g1()',
    '(function () { { function h() { return 1 } } return h() })()',
    '(function () { let k = 1; { { function k() {} } } return k })()',
    'if (true) function q1() { return 7 } q1()',
  ],
  'eval that declares': [
    '(function () { eval("var v = 1; function w() { return v }"); return v + w() })()',
    '(function (p) { eval("p = 2"); return arguments[0] + p })(1)',
    '(function () { "use strict"; eval("var v2 = 1"); return typeof v2 })()',
    '(function () { var own = 3; return (0, eval)("typeof own") })()',
  ],
  'completion values': [
    '1; var v3 = 2',
    '1; function f3() {}',
    '1; do { 2; continue } while (false)',
    '2; do { 3; break } while (false)',
    '1; try { 2 } finally { 3 }',
    'l: { 1; break l }',
    '"use strict"; var v4 = 1; typeof v4',
  ],
  'strict text': [
    '"use strict"; try { undeclared5 = 1 } catch (e) { String(e) }',
    '"use strict"; (function () { return this })()',
  ],
};
