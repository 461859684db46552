import type { ReactiveControllerHost } from 'lit';
import type { AmbientNames } from '../../editor/ambient/tool-types.js';
import type { ToolRegistry } from '../run/codemode-like.js';
import type { PlaygroundTab } from './playground-tab.js';

/** The names for the editor: the registered tools, kept up to date, and the names and types of the active tab. */
export class KnownNames {
  /** A new object after every change. */
  names: AmbientNames = {};
  readonly #host: ReactiveControllerHost;
  #registry: ToolRegistry | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  /** Follows a registry until `stop`. A second registry replaces the first. */
  watch(registry: ToolRegistry): void {
    if (registry === this.#registry) return;
    this.stop();
    this.#registry = registry;
    this.#unsubscribe = registry.subscribe(() => {
      this.#read(registry);
      this.#host.requestUpdate();
    });
    this.#read(registry);
  }

  show({ namespace, cells }: Pick<PlaygroundTab, 'namespace' | 'cells'>): void {
    const { names } = this;
    if (namespace !== names.namespace || cells !== names.cells) this.names = { ...names, namespace, cells };
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#registry = undefined;
  }

  #read(registry: ToolRegistry): void {
    this.names = { ...this.names, tools: registry.snapshot().toolDescriptors() };
  }
}
