// A tool that fails throws here, with the message its author made public.
try {
  await tools.refund({ orderId: 'A-1002' });
} catch (error) {
  console.warn(`Caught ${error.name}: ${error.message}`);
}

// Arguments are checked by the page, against the tool's own schema.
try {
  await tools.weather({ city: '' });
} catch (error) {
  console.warn(error.message);
}

// Errors point to this code. Click a position to go to its line.
function total(orders: { total: number }[]) {
  return orders.reduce((sum, order) => sum + order.total, 0);
}
console.log('total', total(await tools.searchOrders({})));

// There is no such tool, and nothing catches this one.
await tools.wheather({ city: 'Oslo' });
