/** What selectors ask of a node. */
export interface Selectable {
  readonly nodeType: number;
  readonly localName?: string;
  readonly parentNode: Selectable | null;
  readonly previousElementSibling: Selectable | null;
  readonly nextElementSibling: Selectable | null;
  readonly firstChild: Selectable | null;
  getAttribute?(name: string): string | null;
  readonly checked?: boolean;
}

type Test = (node: Selectable, scope: Selectable) => boolean;

/** One compound of a selector, and how it stands to the one before it. */
interface Step {
  readonly combinator: string;
  readonly tests: readonly Test[];
}

const name = String.raw`(?:[-\w\u0080-\uffff]|\\.)+`;
const marked = new RegExp(`^([.#]?)(${name}|\\*)`);
const pseudo = /^::?([\w-]+)(\(?)/;
const attribute = /^\[([\w:|-]+)(?:([~|^$*]?=)(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?\]/;
const known = new Map<string, readonly (readonly Step[])[]>();
const maxKnown = 500;

/** Whether an element matches a list of selectors. @throws SyntaxError for what is no selector, or is not supported */
export function matches(node: Selectable, selectors: string, scope: Selectable = node): boolean {
  return parsed(selectors).some((steps) => matchesSteps(node, steps, steps.length - 1, scope));
}

function matchesSteps(node: Selectable, steps: readonly Step[], at: number, scope: Selectable): boolean {
  const { tests, combinator } = steps[at]!;
  if (node.nodeType !== 1 || !tests.every((test) => test(node, scope))) return false;
  if (at === 0) return true;
  const next = combinator === '+' || combinator === '~' ? previousElement : parentOf;
  for (let other = next(node); other !== null; other = next(other)) {
    if (matchesSteps(other, steps, at - 1, scope)) return true;
    if (combinator === '>' || combinator === '+') return false;
  }
  return false;
}

const parentOf = (node: Selectable): Selectable | null => node.parentNode;
const previousElement = (node: Selectable): Selectable | null => node.previousElementSibling;

function parsed(selectors: string): readonly (readonly Step[])[] {
  const found = known.get(selectors);
  if (found !== undefined) return found;
  const parser = new SelectorParser(selectors);
  const lists = parser.list();
  if (!parser.isAtEnd) throw parser.error();
  if (known.size >= maxKnown) known.clear();
  known.set(selectors, lists);
  return lists;
}

class SelectorParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  error(): DOMException {
    return new DOMException(`'${this.#text}' is not a selector that components can use.`, 'SyntaxError');
  }

  list(): (readonly Step[])[] {
    const lists = [this.#steps()];
    while (this.#take(/^,/) !== undefined) lists.push(this.#steps());
    return lists;
  }

  #steps(): Step[] {
    this.#take(/^\s+/);
    const first = this.#take(/^[>+~]\s*/)?.[0];
    // A relative selector begins at its scope.
    const steps: Step[] = first === undefined ? [] : [{ combinator: '', tests: [(node, scope) => node === scope] }];
    let combinator = first?.trim() ?? '';
    for (;;) {
      const tests: Test[] = [];
      for (let test = this.#test(); test !== undefined; test = this.#test()) tests.push(test);
      if (tests.length === 0) throw this.error();
      steps.push({ combinator, tests });
      const between = this.#take(/^\s*[>+~]\s*|^\s+(?![,)\s]|$)/);
      if (between === undefined) break;
      combinator = between[0].trim();
    }
    this.#take(/^\s+/);
    return steps;
  }

  #test(): Test | undefined {
    const found = this.#take(marked);
    if (found !== undefined) {
      const [, mark, text = ''] = found;
      const wanted = unescaped(text);
      if (mark === '#') return (node) => node.getAttribute?.('id') === wanted;
      if (mark === '.') return (node) => hasWord(node.getAttribute?.('class') ?? '', wanted);
      const lower = text.toLowerCase();
      return text === '*' ? () => true : (node) => node.localName === text || node.localName?.toLowerCase() === lower;
    }
    const ofAttribute = this.#take(attribute);
    if (ofAttribute !== undefined) {
      const [, key, operator, double, single, bare] = ofAttribute;
      return attributeTest(key!, operator, double ?? single ?? bare ?? '');
    }
    const ofClass = this.#take(pseudo);
    return ofClass && this.#pseudo(ofClass[1]!, ofClass[2] === '(');
  }

  #pseudo(kind: string, opens: boolean): Test {
    if (opens) {
      if (kind !== 'not' && kind !== 'is' && kind !== 'where') throw this.error();
      const lists = this.list();
      if (this.#take(/^\)/) === undefined) throw this.error();
      const isAny = (node: Selectable, scope: Selectable): boolean =>
        lists.some((steps) => matchesSteps(node, steps, steps.length - 1, scope));
      return kind === 'not' ? (node, scope) => !isAny(node, scope) : isAny;
    }
    const test = pseudoClasses[kind];
    if (test === undefined) throw this.error();
    return test;
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#text.slice(this.#at));
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }
}

const pseudoClasses: Readonly<Record<string, Test | undefined>> = {
  __proto__: null as never,
  'first-child': (node) => node.previousElementSibling === null,
  'last-child': (node) => node.nextElementSibling === null,
  'only-child': (node) => node.previousElementSibling === null && node.nextElementSibling === null,
  empty: (node) => node.firstChild === null,
  checked: (node) => node.checked === true,
  disabled: (node) => node.getAttribute?.('disabled') != null,
  enabled: (node) => node.getAttribute?.('disabled') == null,
  scope: (node, scope) => node === scope,
  root: (node) => node.parentNode?.nodeType === 9,
};

function attributeTest(key: string, operator: string | undefined, value: string): Test {
  return (node) => {
    const found = node.getAttribute?.(key);
    if (found == null) return false;
    switch (operator) {
      case undefined:
        return true;
      case '=':
        return found === value;
      case '~=':
        return hasWord(found, value);
      case '|=':
        return found === value || found.startsWith(`${value}-`);
      case '^=':
        return value !== '' && found.startsWith(value);
      case '$=':
        return value !== '' && found.endsWith(value);
      default:
        return value !== '' && found.includes(value);
    }
  };
}

const hasWord = (text: string, word: string): boolean => text.split(/\s+/).includes(word);
const unescaped = (text: string): string => text.replaceAll(/\\(.)/gs, '$1');
