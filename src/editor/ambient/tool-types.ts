import type { NamespaceEntry } from '../../protocol/messages/wire.js';
import type { ToolDescriptor } from '../../sdk/tools/tool-descriptor.js';
import { declareTools } from '../../sdk/tools/tool-types.js';
import { assignedNames } from './assigned-names.js';
import { declaredNames } from './declared-names.js';
import { elementTypes } from './element-types.js';
import type { Monaco } from '../monaco-api.js';
import { readerGlobals } from './reader-globals.js';
import { typeDeclarations } from './type-declarations.js';

/** Names that code may use besides its own declarations. */
export interface AmbientNames {
  /** The tools of the host page. @default tools of any name */
  readonly tools?: readonly ToolDescriptor[];
  /** The variables of the session. */
  readonly namespace?: readonly NamespaceEntry[];
  /** Earlier code, in order of execution. Its types are declared; its variables get type `any`, unless the session has them. */
  readonly cells?: readonly string[];
  /** Names that the code itself assigns to, from `assignedNames`. */
  readonly assigned?: readonly string[];
}

/** Names of the latest values of cells, which code often declares for itself. */
const latestValues = ['_', '__', '___'];

const globalNames = [
  'tools',
  'context',
  'config',
  'display',
  ...latestValues,
  'In',
  'Out',
  'getCurrentContext',
  'RuntimeContext',
  'AsyncContext',
  'console',
];
const fileName = 'file:///codemode/globals.d.ts';

/** The ambient declarations for the type checks of the editor. A cell may declare any of these names again. */
export function ambientDeclarations({ tools, namespace = [], cells = [], assigned = [] }: AmbientNames): string {
  const known = new Set([...globalNames, ...namespace.map(({ name }) => name)]);
  const anyNames = new Set([...cells.flatMap(declaredNames), ...cells.flatMap(assignedNames), ...assigned]);
  return [
    readerGlobals,
    elementTypes,
    tools === undefined ? 'declare const tools: Record<string, any>;' : declareTools(tools),
    ...latestValues
      .filter((name) => namespace.every((entry) => entry.name !== name))
      .map((name) => `declare const ${name}: any;`),
    ...namespace.map(declarationOf),
    ...typeDeclarations(cells, known),
    ...[...anyNames].filter((name) => !known.has(name)).map((name) => `declare let ${name}: any;`),
  ].join('\n');
}

/** Declares the names to the TypeScript service, in place of the previous ones. */
export function setAmbientNames({ typescript }: Monaco, names: AmbientNames): void {
  typescript.typescriptDefaults.setExtraLibs([{ filePath: fileName, content: ambientDeclarations(names) }]);
}

function declarationOf({ name, kind, type }: NamespaceEntry): string {
  if (kind === 'class') return `declare const ${name}: any;\ntype ${name} = any;`;
  return `declare ${kind === 'let' || kind === 'var' ? 'let' : 'const'} ${name}: ${type};`;
}
