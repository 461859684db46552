/** The same tools with answers that never change. */
export function register(codemode, { defineTool }) {
  codemode.registry.registerTool('stock', defineTool({
    description: 'How many of a fruit are left; always the same',
    input: { type: 'object', properties: { fruit: { type: 'string' } }, required: ['fruit'] },
    run: () => 100,
  }));
}
