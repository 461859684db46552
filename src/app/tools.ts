import { defineTool, ToolError, type Codemode, type ToolInvocation } from '../sdk/index.js';

const weatherByCity: Readonly<Record<string, { readonly temperature: number; readonly sky: string }>> = {
  Oslo: { temperature: 4, sky: 'snow' },
  Rome: { temperature: 19, sky: 'clear' },
  Lima: { temperature: 22, sky: 'haze' },
  Kyoto: { temperature: 11, sky: 'rain' },
};

const ordersByClient: Readonly<
  Record<string, readonly { id: string; city: string; status: 'open' | 'sent'; total: number }[]>
> = {
  acme: [
    { id: 'A-1001', city: 'Oslo', status: 'open', total: 129 },
    { id: 'A-1002', city: 'Rome', status: 'sent', total: 58.5 },
    { id: 'A-1003', city: 'Kyoto', status: 'open', total: 349 },
  ],
  globex: [
    { id: 'G-7', city: 'Lima', status: 'open', total: 12.25 },
    { id: 'G-8', city: 'Rome', status: 'open', total: 990 },
  ],
};

/** Functions of this page that stand for a vendor's tools: made-up data, after a delay like a network's. */
export function registerTools({ registry }: Codemode): void {
  registry.registerTool(
    'weather',
    defineTool({
      description: 'Current weather of a city: Oslo, Rome, Lima or Kyoto',
      input: {
        type: 'object',
        properties: { city: { type: 'string', minLength: 1 } },
        required: ['city'],
        additionalProperties: false,
      },
      output: {
        type: 'object',
        properties: {
          city: { type: 'string' },
          temperature: { type: 'number', description: 'Degrees Celsius' },
          sky: { type: 'string' },
        },
        required: ['city', 'temperature', 'sky'],
      },
      async runAsync({ city }, invocation) {
        await wait(250, invocation);
        const weather = weatherByCity[city];
        if (weather === undefined)
          throw new ToolError(
            `There is no weather station in ${city}. Use one of: ${Object.keys(weatherByCity).join(', ')}.`,
          );
        return { city, ...weather };
      },
    }),
  );

  registry.registerTool(
    'searchOrders',
    defineTool({
      description: 'Orders of the client in the context, newest first',
      input: {
        type: 'object',
        properties: {
          status: { type: 'string', enum: ['open', 'sent'] },
          limit: { type: 'integer', minimum: 1, maximum: 50, default: 10 },
        },
        additionalProperties: false,
      },
      output: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            id: { type: 'string' },
            city: { type: 'string' },
            status: { type: 'string', enum: ['open', 'sent'] },
            total: { type: 'number', description: 'Euro' },
          },
          required: ['id', 'city', 'status', 'total'],
        },
      },
      requiredContext: ['client_id'],
      async runWithContext({ status, limit = 10 }, context, invocation) {
        await wait(350, invocation);
        const orders = ordersByClient[context.require<string>('client_id')] ?? [];
        return orders.filter((order) => status === undefined || order.status === status).slice(0, limit);
      },
    }),
  );

  registry.registerTool(
    'refund',
    defineTool({
      description: 'Refunds an order. It always fails here, so that code has an error to catch',
      input: { type: 'object', properties: { orderId: { type: 'string' } }, required: ['orderId'] },
      requiredContext: ['client_id'],
      async runWithContext({ orderId }, context, invocation) {
        await wait(200, invocation);
        throw new ToolError(`Order ${orderId} of ${context.require<string>('client_id')} has already been sent.`, {
          name: 'RefundRefused',
        });
      },
    }),
  );
}

/** Rejects when the call is cancelled, so that Stop takes effect at once. */
function wait(milliseconds: number, { signal }: ToolInvocation): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
