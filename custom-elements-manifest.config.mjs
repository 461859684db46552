/** Elements are registered by `define(name, class)`, and the package has them all in one module. */
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
      const path = 'dist/index.js';
      /** @type {any[]} */
      const declared = customElementsManifest.modules.flatMap((/** @type {any} */ module) => module.declarations ?? []);
      const declarations = declared.filter(({ name }) => tags.has(name)).map((declaration) => ({
        ...declaration,
        tagName: tags.get(declaration.name),
        members: declaration.members?.filter((/** @type {any} */ { privacy }) => privacy !== 'private'),
      }));
      // The outer elements have the same colours and type.
      const [snippet, playground] = ['codemode-snippet', 'codemode-playground'].map((name) => declarations.find(({ tagName }) => tagName === name));
      if (snippet && playground) snippet.cssProperties = playground.cssProperties;
      customElementsManifest.modules = [{
        kind: 'javascript-module',
        path,
        declarations,
        exports: declarations.map(({ name, tagName }) => (
          { kind: 'custom-element-definition', name: tagName, declaration: { name, module: path } })),
      }];
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
