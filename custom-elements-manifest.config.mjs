/** Elements are registered by `define(name, class)`; the package has the snippet and the timeline in a module each and all others in another. */
function packagedElements() {
  /** @type {Map<string, string>} */
  const tags = new Map();
  return {
    name: 'packaged-elements',
    analyzePhase(/** @type {any} */ { ts, node }) {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'define') return;
      const [name, element] = node.arguments;
      if (name && element && ts.isStringLiteral(name)) tags.set(element.getText(), name.text);
    },
    packageLinkPhase(/** @type {any} */ { customElementsManifest }) {
      /** @type {Map<string, any[]>} */
      const packaged = new Map([
        ['dist/index.js', []],
        ['dist/snippet.js', []],
        ['dist/timeline.js', []],
      ]);
      for (const module of customElementsManifest.modules) {
        const [, own] = /^src\/elements\/(snippet|timeline)\//.exec(module.path) ?? [];
        const path = `dist/${own ?? 'index'}.js`;
        const declarations = module.declarations?.filter((/** @type {any} */ { name }) => tags.has(name)) ?? [];
        packaged.get(path)?.push(
          ...declarations.map((/** @type {any} */ declaration) => ({
            ...declaration,
            tagName: tags.get(declaration.name),
            members: declaration.members?.filter((/** @type {any} */ { privacy }) => privacy !== 'private'),
          })),
        );
      }
      const all = [...packaged.values()].flat();
      // The outer elements have the same colours and type.
      const [snippet, playground] = ['codemode-snippet', 'codemode-playground'].map((name) =>
        all.find(({ tagName }) => tagName === name),
      );
      if (snippet && playground) snippet.cssProperties = playground.cssProperties;
      customElementsManifest.modules = Array.from(packaged, ([path, declarations]) => ({
        kind: 'javascript-module',
        path,
        declarations,
        exports: declarations.map(({ name, tagName }) => ({
          kind: 'custom-element-definition',
          name: tagName,
          declaration: { name, module: path },
        })),
      }));
    },
  };
}

export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['**/*.test.ts'],
  outdir: 'dist',
  litelement: true,
  // The field is there, and a build writes no sources.
  packagejson: false,
  plugins: [packagedElements()],
};
