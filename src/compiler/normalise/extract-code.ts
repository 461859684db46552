import { isFunction, unwrapped } from '../parse/syntax.js';
import { codeLanguages, findFences, type Fence } from './fences.js';
import { withoutProse } from './prose.js';
import { isCode, readCode, returnsFromTop } from './read-code.js';
import { topLevelNames } from './top-level-names.js';

/** How deeply an answer may wrap its code. */
const maxWrappers = 4;

/**
 * The code in what a model wrote. It keeps its line numbers: lines before it become blank ones.
 * @param notes gets a sentence for each change
 */
export function extractCode(input: string, notes: string[], depth = 0): string {
  const text = input.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
  if (depth > maxWrappers) return text;
  return (
    codeInJson(text, notes, depth) ??
    codeInFences(text, notes, depth) ??
    codeInBackticks(text, notes) ??
    codeInTag(text, notes) ??
    (isCode(text) ? text : undefined) ??
    expressionInParentheses(text, notes) ??
    repaired(text, notes) ??
    codeInProse(text, notes) ??
    text
  );
}

/** `{"code": "…"}`, as a call of a tool may arrive, or a value as JSON. */
function codeInJson(text: string, notes: string[], depth: number): string | undefined {
  if (!/^\s*[{["]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const code = typeof value === 'string' ? multilineCode(value) : codeField(value);
  if (code !== undefined) {
    notes.push('The code was a string in JSON.');
    return extractCode(code, notes, depth + 1);
  }
  if (typeof value !== 'object') return undefined;
  notes.push('The code was JSON, which is its value.');
  return `(${text.trim()})`;
}

function multilineCode(text: string): string | undefined {
  return text.includes('\n') && isCode(text) ? text : undefined;
}

function codeField(value: unknown): string | undefined {
  const fields = value as Record<string, unknown> | null;
  for (const holder of [fields, fields?.['arguments'], fields?.['input'], fields?.['parameters']]) {
    const code = (holder as Record<string, unknown> | null | undefined)?.['code'];
    if (typeof code === 'string') return code;
  }
  return undefined;
}

function codeInFences(text: string, notes: string[], depth: number): string | undefined {
  const fences = findFences(text);
  if (fences.length === 0) return undefined;
  const withCode = fences.filter((fence) => codeLanguages.has(fence.language) && fence.text.trim() !== '');
  const isNamed = withCode.some((fence) => fence.language !== '');
  const blocks = isNamed ? withCode.filter((fence) => fence.language !== '' || isCode(fence.text)) : withCode;
  const [only] = blocks;
  if (only !== undefined) {
    if (blocks.length === 1) {
      notes.push(only.isClosed ? 'The code was in a fence.' : 'The code was in a fence that did not end.');
      return textOfFence(only, notes, depth);
    }
    return joined(blocks, notes) ?? lastOf(blocks, notes, depth);
  }
  const json = fences[0]!;
  if (fences.length === 1 && json.language === 'json') return textOfFence(json, notes, depth);
  const opening = fences.find((fence) => !fence.isClosed && fence.text.trim() === '');
  const before = opening === undefined ? '' : text.slice(0, opening.start);
  if (isCode(before)) {
    notes.push('A fence after the code was left out.');
    return before;
  }
  const languages = [...new Set(fences.map(({ language }) => language))].filter((name) => !codeLanguages.has(name));
  if (languages.length > 0) notes.push(`The text has only ${languages.join(' and ')}: write TypeScript.`);
  return '';
}

function textOfFence(fence: Fence, notes: string[], depth: number): string {
  return '\n'.repeat(fence.firstLine) + extractCode(fence.text, notes, depth + 1);
}

function lastOf(blocks: readonly Fence[], notes: string[], depth: number): string {
  notes.push(`Only the last of ${blocks.length} fences was taken: together they are no program.`);
  return textOfFence(blocks.at(-1)!, notes, depth);
}

/** Several fences as one program, unless they are versions of each other. */
function joined(blocks: readonly Fence[], notes: string[]): string | undefined {
  const names = new Set<string>();
  const texts = new Set<string>();
  let code = '';
  let lines = 0;
  for (const [index, { text, firstLine }] of blocks.entries()) {
    const reading = readCode(text);
    if (reading === undefined || texts.has(text.trim())) return undefined;
    if (index < blocks.length - 1 && reading.statements.some(returnsFromTop)) return undefined;
    for (const name of topLevelNames(reading.statements)) {
      if (names.has(name)) return undefined;
      names.add(name);
    }
    texts.add(text.trim());
    code += '\n'.repeat(firstLine - lines) + text;
    lines = firstLine + text.split('\n').length - 1;
  }
  if (!isCode(code)) return undefined;
  notes.push(`${blocks.length} fences were joined.`);
  return code;
}

function codeInBackticks(text: string, notes: string[]): string | undefined {
  const trimmed = text.trim();
  const mark = /^`+/.exec(trimmed)?.[0] ?? '';
  if (mark === '' || mark === '``' || !trimmed.endsWith(mark) || trimmed.length <= 2 * mark.length) return undefined;
  const inside = trimmed.slice(mark.length, -mark.length);
  const language = /^(?:js|javascript|ts|typescript)\s/.exec(inside)?.[0] ?? '';
  const code = inside.slice(language.length);
  if (code.startsWith('`') || code.endsWith('`') || !isCode(code)) return undefined;
  // `text` alone is a template, and a value.
  if (mark === '`' && language === '' && !/\bawait\b|\btools\./.test(code)) return undefined;
  notes.push('The code was between backticks.');
  return code;
}

/** Tags that models use for code. Other tags are elements. */
const codeTags = ['code', 'script', 'tool_code', 'typescript', 'javascript'];

function codeInTag(text: string, notes: string[]): string | undefined {
  const trimmed = text.trim();
  const tag = codeTags.find((name) => trimmed.startsWith(`<${name}`) && trimmed.endsWith(`</${name}>`));
  if (tag === undefined) return undefined;
  const code = trimmed.slice(trimmed.indexOf('>') + 1, -`</${tag}>`.length);
  if (!isCode(code)) return undefined;
  notes.push('The code was in a tag.');
  return code;
}

/** An object, or a function without a name, as a statement. */
function expressionInParentheses(text: string, notes: string[]): string | undefined {
  const code = `(${text.trim().replace(/;$/, '')}\n)`;
  const statement = readCode(code)?.statements[0];
  if (statement?.type !== 'ExpressionStatement') return undefined;
  const value = unwrapped(statement.expression);
  if (value.type !== 'ObjectExpression' && !isFunction(value)) return undefined;
  notes.push('The code was put into parentheses, so that it is an expression.');
  return code;
}

const namedEntities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

/** What the way from a model to a program does to code, undone where that makes it code. */
const repairs: readonly (readonly [string, (text: string) => string])[] = [
  ['Invisible characters were left out.', (text) => text.replace(/[\u200B\u2060\uFEFF\u00AD]/g, '')],
  [
    'Entities of HTML became characters.',
    (text) => text.replace(/&(lt|gt|amp|quot|#39|apos);/g, (_, name: string) => namedEntities[name] ?? "'"),
  ],
  [
    'Escaped line ends became line ends.',
    (text) =>
      text.trim().includes('\n')
        ? text
        : text
            .replaceAll(String.raw`\n`, '\n')
            .replaceAll(String.raw`\"`, '"')
            .replaceAll(String.raw`\t`, '\t'),
  ],
];

function repaired(text: string, notes: string[]): string | undefined {
  for (const [note, repair] of repairs) {
    const code = repair(text);
    if (code === text || !isCode(code)) continue;
    notes.push(note);
    return code;
  }
  return undefined;
}

function codeInProse(text: string, notes: string[]): string | undefined {
  const code = withoutProse(text);
  if (code !== undefined) notes.push('Prose around the code was left out.');
  return code;
}
