import type { ToolDescriptor } from '../../sdk/index.js';
import { meaningOf, wordsOf } from './words.js';

/** How much a word counts in each part of a tool. */
const weights = { name: 5, namespace: 2, summary: 3, description: 0.7 } as const;
/** How much a synonym counts, compared with the word itself. */
const synonymWeight = 0.7;
/** How much it counts that the words of a name are all asked for, and that all words asked for are there. */
const coverageOfName = 4;
const coverageOfQuestion = 8;

/** The facts that are searched. */
export type SearchedTool = Pick<ToolDescriptor, 'name' | 'description'>;

interface IndexedTool {
  readonly tool: SearchedTool;
  /** Weight by word, and by meaning. */
  readonly words: ReadonlyMap<string, number>;
  readonly meanings: ReadonlyMap<string, number>;
  readonly nameMeanings: ReadonlySet<string>;
}

/** Finds tools by what they do. It needs no network, and its order is always the same. */
export class ToolIndex {
  readonly #tools: readonly IndexedTool[];
  /** How rare a word or meaning is: `1` and more. */
  readonly #rarity = new Map<string, number>();

  constructor(tools: readonly SearchedTool[]) {
    this.#tools = tools.map(indexed);
    const counts = new Map<string, number>();
    for (const { meanings } of this.#tools) {
      for (const meaning of meanings.keys()) counts.set(meaning, (counts.get(meaning) ?? 0) + 1);
    }
    for (const [meaning, count] of counts) this.#rarity.set(meaning, Math.log(1 + tools.length / count) + 0.1);
  }

  /** The tools that fit, the best first. @param limit how many at most */
  search(question: string, limit: number): readonly SearchedTool[] {
    const words = [...new Set(wordsOf(question))];
    if (words.length === 0) return this.#tools.slice(0, limit).map(({ tool }) => tool);
    const found = this.#tools
      .map((tool, position) => ({ tool: tool.tool, score: this.#score(tool, words), position }))
      .filter(({ score }) => score > 0);
    found.sort((one, other) => other.score - one.score || one.position - other.position);
    return found.slice(0, limit).map(({ tool }) => tool);
  }

  #score({ words, meanings, nameMeanings }: IndexedTool, question: readonly string[]): number {
    let score = 0;
    let asked = 0;
    let answered = 0;
    const inName = new Set<string>();
    for (const word of question) {
      const meaning = meaningOf(word);
      const rarity = this.#rarity.get(meaning) ?? 1;
      asked += rarity;
      const weight = Math.max(words.get(word) ?? 0, (meanings.get(meaning) ?? 0) * synonymWeight);
      if (weight === 0) continue;
      score += weight * rarity;
      answered += rarity;
      if (nameMeanings.has(meaning)) inName.add(meaning);
    }
    if (score === 0) return 0;
    return (
      score + (coverageOfName * inName.size) / Math.max(1, nameMeanings.size) + (coverageOfQuestion * answered) / asked
    );
  }
}

function indexed(tool: SearchedTool): IndexedTool {
  const words = new Map<string, number>();
  const meanings = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) {
      words.set(word, Math.max(words.get(word) ?? 0, weight));
      const meaning = meaningOf(word);
      meanings.set(meaning, Math.max(meanings.get(meaning) ?? 0, weight));
    }
  };
  const [namespace, name] = splitPath(tool.name);
  const [summary = '', ...rest] = tool.description.split('\n');
  add(name, weights.name);
  add(namespace, weights.namespace);
  add(summary, weights.summary);
  add(rest.join('\n'), weights.description);
  return { tool, words, meanings, nameMeanings: new Set(wordsOf(name).map(meaningOf)) };
}

/** `github.createIssue` as its namespace and its name; a tool without one has an empty namespace. */
export function splitPath(path: string): readonly [namespace: string, name: string] {
  const dot = path.indexOf('.');
  return dot < 0 ? ['', path] : [path.slice(0, dot), path.slice(dot + 1)];
}
