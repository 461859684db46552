import { keptExecutions, type AgentStore, type StoredExecution, type StoredSnippet } from './agent-store.js';

/** Executions and snippets for as long as the page lives. */
export class MemoryAgentStore implements AgentStore {
  readonly #executions = new Map<string, StoredExecution>();
  readonly #snippets = new Map<string, StoredSnippet>();
  readonly #taken = new Set<string>();

  async save(execution: StoredExecution): Promise<void> {
    this.#executions.set(execution.id, execution);
    if (this.#executions.size <= keptExecutions) return;
    const oldest = [...this.#executions.values()].find(({ outcome }) => outcome !== undefined);
    if (oldest !== undefined) this.#executions.delete(oldest.id);
  }

  async load(id: string): Promise<StoredExecution | undefined> {
    return this.#executions.get(id);
  }

  async list(): Promise<readonly StoredExecution[]> {
    return [...this.#executions.values()];
  }

  async saveSnippet(snippet: StoredSnippet): Promise<void> {
    this.#snippets.set(snippet.name, snippet);
  }

  async snippets(): Promise<readonly StoredSnippet[]> {
    return [...this.#snippets.values()];
  }

  async take(id: string): Promise<{ release(): void } | undefined> {
    if (this.#taken.has(id)) return undefined;
    this.#taken.add(id);
    return { release: () => void this.#taken.delete(id) };
  }

  close(): void {
    this.#executions.clear();
    this.#snippets.clear();
  }
}
