import { describe, expect, it } from 'vitest';
import { describeTools } from './discovery-tools.js';
import { catalogue } from './testing/catalogue.js';
import { questions } from './testing/questions.js';
import { ToolIndex } from './tool-index.js';

const tools = catalogue();

describe('five hundred tools (E13)', () => {
  it('are that many, each with a name of its own', () => {
    expect(tools.length).toBeGreaterThanOrEqual(450);
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
    expect(questions).toHaveLength(50);
    for (const [, tool] of questions) expect(tools.map(({ name }) => name)).toContain(tool);
  });

  it('are found in the first three by questions', () => {
    const index = new ToolIndex(tools);
    const missed = questions.filter(([question, tool]) => !index.search(question, 3).some(({ name }) => name === tool));
    expect(missed.map(([question]) => [question, ...index.search(question, 3).map(({ name }) => name)])).toEqual([]);
  });

  it('take less than 2,000 tokens of a prompt', () => {
    const text = describeTools(tools);
    expect(text.length).toBeLessThan(2000 * 4);
    expect(text).toContain(`There are ${tools.length} tools`);
    expect(text).toContain('tools.search(');
    expect(text).toContain('tools.cluster (');
  });

  it('are declared in full when they are few', () => {
    expect(describeTools(tools.slice(0, 3))).toContain('declare const tools: {');
    expect(describeTools([])).toBe('There are no tools.');
  });

  it('are found in the order of registration where nothing is asked', () => {
    expect(new ToolIndex(tools).search('', 2).map(({ name }) => name)).toEqual(
      tools.slice(0, 2).map(({ name }) => name),
    );
    expect(new ToolIndex(tools).search('xylophone', 3)).toEqual([]);
  });
});
