/** Tools run in the page: here one could ask a server, with the reader's own cookies. */
const stock = { apple: 12, pear: 0, quince: 5 };

export function register(codemode, { defineTool }) {
  codemode.registry.registerTool('stock', defineTool({
    description: 'How many of a fruit are left',
    input: {
      type: 'object',
      properties: { fruit: { type: 'string', description: 'Name of the fruit, as apple' } },
      required: ['fruit'],
    },
    run: async ({ fruit }) => stock[fruit] ?? 0,
  }));
}
