import path from 'node:path';

/**
 * Imports point one way. A layer is a folder. It may import itself and the layers in its row.
 *
 * @typedef {{ layers: readonly string[], packages?: readonly string[] }} Allowed
 *   Where `packages` is absent, every dependency of the project is allowed.
 */

/** @type {Readonly<Record<string, Allowed>>} */
const layers = {
  'src/text': { layers: [], packages: [] },
  'src/context': { layers: [], packages: [] },
  'src/compiler': { layers: ['src/context'] },
  'src/otel': { layers: ['src/context', 'src/sdk'], packages: ['@opentelemetry/api'] },
  'src/vite': { layers: ['src/context', 'src/compiler'] },
  'src/protocol': { layers: ['src/context'] },
  'src/sdk': { layers: ['src/text', 'src/context', 'src/compiler', 'src/protocol'] },
  'src/pipeline': { layers: ['src/text', 'src/context', 'src/protocol', 'src/sdk'] },
  workers: { layers: ['src/context', 'src/compiler', 'src/protocol'], packages: [] },
  'src/agents': { layers: ['src/context', 'src/compiler', 'src/protocol', 'src/sdk'] },
  'src/editor': { layers: ['src/context', 'src/protocol', 'src/sdk'] },
  'src/elements': { layers: ['src/context', 'src/protocol', 'src/sdk', 'src/editor'] },
  'src/markdown': { layers: ['src/text'], packages: [] },
  'src/react': { layers: ['src/elements'] },
  'src/app': { layers: ['src/context', 'src/protocol', 'src/sdk', 'src/elements'] },
};

/** @param {string} file  Relative to the project. */
const layerOf = (file) => Object.keys(layers).find((layer) => file.startsWith(`${layer}/`));

/**
 * The problem with an import, or `undefined`.
 *
 * @param {string} file  The importing file, relative to the project.
 * @param {string} specifier
 */
export function checkImport(file, specifier) {
  const layer = layerOf(file);
  const allowed = layer && layers[layer];
  if (!allowed) return undefined;
  const target = specifier.startsWith('.')
    ? path.posix.join(path.posix.dirname(file), specifier)
    : `node_modules/${specifier}`;
  if (target.startsWith('node_modules/')) {
    if (!allowed.packages || file.endsWith('.test.ts') || allowed.packages.includes(specifier)) return undefined;
    return `${layer} imports no packages, but "${specifier}" is one.`;
  }
  const targetLayer = layerOf(target);
  if (targetLayer === layer || (targetLayer && allowed.layers.includes(targetLayer))) return undefined;
  const permitted = allowed.layers.length > 0 ? `only itself and ${allowed.layers.join(', ')}` : 'only itself';
  return `${layer} may import ${permitted}, not ${target}.`;
}

/** @typedef {Parameters<import('oxlint/plugins-dev').RuleTester['run']>[1]} Rule */

/** @type {Rule} */
export const importDirection = {
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll(path.sep, '/');
    const check = (/** @type {any} */ { source }) => {
      const message = typeof source?.value === 'string' && checkImport(file, source.value);
      if (message) context.report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};
