import type { NamespaceEntry, ToolDescriptor } from '../protocol/messages/wire.js';
import { declareTools } from '../sdk/tools/tool-types.js';
import type { Monaco } from './monaco-api.js';

/** What the editor should know about the place where code runs. */
export interface AmbientNames {
  /** The tools of the host page. @default tools of any name */
  readonly tools?: readonly ToolDescriptor[];
  /** The variables of the session. */
  readonly namespace?: readonly NamespaceEntry[];
  /** Names that will be there when the code runs, and of which no more is known. */
  readonly undetermined?: readonly string[];
}

const fileName = 'file:///codemode/globals.d.ts';

const runtime = `
/** What the host says about who runs this code. Set by the host, the same across every \`await\`. */
interface RuntimeContext {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly runId: string;
  readonly correlationId: string;
  readonly signal: AbortSignal | undefined;
  /** The variable of that name, or the fallback. */
  get<T>(key: string, fallback: T): T;
  get<T = unknown>(key: string): T | undefined;
  /** The variable of that name. Throws where there is none. */
  require<T = unknown>(key: string): T;
  has(key: string): boolean;
  keys(): string[];
  /** A context with more variables; this one stays as it is. */
  with(variables: Readonly<Record<string, unknown>>): RuntimeContext;
}
/** The context of this execution: \`context.get('client_id')\`. */
declare const context: RuntimeContext;
/** Settings of the host, the same for every execution. */
declare const config: Readonly<Record<string, any>>;
/** Shows values in the output as they are, without a level. */
declare function display(...values: unknown[]): void;
`;

/** The declarations that the editor checks code against. A cell may declare any of these names again. */
export function ambientDeclarations({ tools, namespace = [], undetermined = [] }: AmbientNames): string {
  return [
    runtime,
    tools === undefined ? 'declare const tools: Record<string, any>;' : declareTools(tools),
    ...namespace.map(declarationOf),
    ...undetermined
      .filter((name) => namespace.every((entry) => entry.name !== name))
      .map((name) => `declare let ${name}: any;`),
  ].join('\n');
}

/** Makes the names known to the TypeScript service, instead of those given before. */
export function setAmbientNames({ typescript }: Monaco, names: AmbientNames): void {
  typescript.typescriptDefaults.setExtraLibs([{ filePath: fileName, content: ambientDeclarations(names) }]);
}

function declarationOf({ name, kind, type }: NamespaceEntry): string {
  if (kind === 'class') return `declare const ${name}: any;\ntype ${name} = any;`;
  return `declare ${kind === 'let' || kind === 'var' ? 'let' : 'const'} ${name}: ${type};`;
}
