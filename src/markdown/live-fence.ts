import { nearestName } from '../text/nearest-name.js';

/** Options of a documentation site for all its live fences. */
export interface LiveFenceOptions {
  /** Attributes of every snippet, such as `{ 'runner-url': '/runner.html' }`. A fence can override them. */
  readonly attributes?: Readonly<Record<string, string>>;
  /**
   * Modules that register tools, by the name in `tools=name` of a fence. Such a module runs in the page itself, so the site sets its
   * address, not the text.
   */
  readonly tools?: Readonly<Record<string, string>>;
}

/** A fence with the word `live` in its info string. */
export interface LiveFence {
  /** First word of the info string, or `''`. */
  readonly language: string;
  /** Attributes for `<codemode-snippet>`. A word without a value has an empty value. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The rest, for the highlighter: line numbers, a title. */
  readonly rest: string;
}

/** A mistake in a live fence: an unknown module of tools, a misspelled attribute, or an unsupported language. */
export class LiveFenceError extends Error {
  override readonly name = 'LiveFenceError';
}

/** Languages of snippets, with optional options of a highlighter, such as `ts:line-numbers`. */
const runnable = /^(?:[cm]?[jt]sx?|typescript|javascript)(?!\w)/i;

/** Attributes that a fence may set. None of them runs code in the page. */
const ownAttributes = new Set([
  'auto-run',
  'depends-on',
  'editor',
  'hidden',
  'id',
  'import-map',
  'jsx',
  'persist-edits',
  'readonly',
  'session',
  'setup',
  'theme',
]);
const knownKeys: readonly string[] = [...ownAttributes, 'tools'];

/** The closing character of each quote and bracket. */
const closes: Readonly<Record<string, string>> = { '"': '"', "'": "'", '{': '}', '[': ']' };

/**
 * Reads the info string of a fenced block (CommonMark 0.31, section 4.5), such as `ts live session=guide depends-on="a b" {2}`.
 *
 * @returns undefined for a fence without the word `live`
 * @throws LiveFenceError if the options lack the fence's tools, an attribute is misspelled, or the language is not supported
 */
export function readLiveFence(info: string, options: LiveFenceOptions = {}): LiveFence | undefined {
  const { language, words } = split(info);
  if (!isLiveFence(info)) return undefined;
  if (language !== '' && !runnable.test(language)) throw new LiveFenceError(languageMessage(language));
  const given: Record<string, string> = {};
  const rest: string[] = [];
  for (const { text, key, value } of words) {
    if (text === 'live') continue;
    if (key === 'tools') given['tools'] = addressOfTools(value, options.tools ?? {});
    else if (ownAttributes.has(key)) given[key] = value;
    else rest.push(withoutMistake(key, text));
  }
  return { language, attributes: { ...options.attributes, ...given }, rest: rest.join(' ') };
}

/** Few, since a word for the highlighter that resembles an attribute would fail the build. */
const maxEdits = (length: number): number => (length < 3 ? 0 : length < 8 ? 1 : 2);

function withoutMistake(key: string, text: string): string {
  const meant = nearestName(key, knownKeys, maxEdits);
  if (meant === undefined) return text;
  throw new LiveFenceError(
    `A live fence has "${text}". No attribute of a snippet is called "${key}"; did you mean "${meant}"?`,
  );
}

function languageMessage(language: string): string {
  return `A live fence has the language "${language}". Snippets run TypeScript and JavaScript: write \`ts live\`, or remove \`live\`.`;
}

/** Whether a fence has the word `live` in its info string. */
export function isLiveFence(info: string): boolean {
  return split(info).words.some(({ text }) => text === 'live');
}

/** Whether a fence holds the expected output of the live fence right before it: ` ```text output `. */
export function isOutputFence(info: string): boolean {
  return info.trim().split(/\s+/, 2).includes('output');
}

interface Word {
  readonly text: string;
  readonly key: string;
  readonly value: string;
}

function split(info: string): { language: string; words: Word[] } {
  const trimmed = info.trim();
  const first = /^[^\s{[=]*/.exec(trimmed)![0];
  // A live fence may have no language.
  return first === 'live'
    ? { language: '', words: wordsOf(trimmed) }
    : { language: first, words: wordsOf(trimmed.slice(first.length)) };
}

/** Splits into `key="a value"`, `key='…'`, `key=value`; options of highlighters, `{1,3}` and `[a title]`, with spaces; other words. */
function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const endOf = closerSearch(text);
  const start = /\S/g;
  while (start.test(text)) {
    const at = start.lastIndex - 1;
    const next = wordAt(text, at, endOf);
    words.push(next);
    start.lastIndex = at + next.text.length;
  }
  return words;
}

function wordAt(text: string, at: number, endOf: (open: number) => number): Word {
  const key = matchAt(/[\w-]+=/y, text, at);
  const valueAt = at + key.length;
  const end = endOf(valueAt);
  const isQuoted = /["']/.test(text[valueAt] ?? '');
  if (key !== '' && isQuoted && end >= 0)
    return { text: text.slice(at, end + 1), key: key.slice(0, -1), value: text.slice(valueAt + 1, end) };
  if (key === '' && !isQuoted && end >= 0) return word(text.slice(at, end + 1));
  const value = key === '' ? '' : matchAt(/[^\s"'{[]+/y, text, valueAt);
  return value === '' ? word(matchAt(/\S+/y, text, at)) : { text: key + value, key: key.slice(0, -1), value };
}

const word = (text: string): Word => ({ text, key: text, value: '' });

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Finds the offset of the closing quote or bracket, or -1. Searches only once for a missing one. */
function closerSearch(text: string): (open: number) => number {
  const missing = new Set<string>();
  return (open) => {
    const close = closes[text[open] ?? ''];
    if (close === undefined || missing.has(close)) return -1;
    const end = text.indexOf(close, open + 1);
    if (end < 0) missing.add(close);
    return end;
  };
}

function addressOfTools(name: string, known: Readonly<Record<string, string>>): string {
  const address = Object.hasOwn(known, name) ? known[name] : undefined;
  if (address !== undefined) return address;
  throw new LiveFenceError(
    `A live fence asks for the tools "${name}", but the plugin's option \`tools\` has ` +
      `${Object.keys(known).join(', ') || 'none'}. Add { tools: { "${name}": "/address/of/the/module.js" } } to its options.`,
  );
}
