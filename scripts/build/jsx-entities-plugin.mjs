/**
 * Leaves the entities of JSX out of the TypeScript parser: the compiler decodes them itself (`src/compiler/jsx/entities.ts`), after it
 * has taken white space away. The parser's table and its reader are 1.7 KB of what every first run loads.
 *
 * @returns {import('vite').Plugin}
 */
export function withoutJsxEntities() {
  return {
    name: 'without-jsx-entities',
    transform(code, id) {
      if (!id.includes('/@sveltejs/acorn-typescript/')) return undefined;
      const table = /var xhtml_default = \{[^}]*\};/;
      const reader = /jsx_readEntity\(\) \{.*?\n    \}\n/s;
      if (!table.test(code) || !reader.test(code))
        throw new Error(`${id} has its entities elsewhere now: adapt this plugin.`);
      return {
        code: code.replace(table, '').replace(reader, 'jsx_readEntity() { this.pos++; return "&"; }\n'),
        map: null,
      };
    },
  };
}
