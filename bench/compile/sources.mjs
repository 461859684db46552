/** A cell as documentation has them, with types in half of its lines. */
export const cell = `interface Order { readonly id: string; readonly total: number }
const orders: Order[] = await tools.orders.list({ client: 'a' });
const large = orders.filter((order) => order.total > 100);
for await (const page of tools.orders.pages()) console.log(page.length as number);
export async function total(list: Order[]): Promise<number> {
  let sum = 0;
  for (const { total } of list) sum += await Promise.resolve(total);
  return sum;
}
await total(large);
`;

/** A cell that declares so many names, and uses each one. @param {number} count */
export const namesOf = (count) =>
  Array.from({ length: count / 2 }, (_, index) => {
    const before = Math.max(0, index - 1);
    return `const a${index}: number = ${index === 0 ? 0 : `a${before}`} + 1;\nfunction f${index}() { return a${index} + f${before}(); }`;
  }).join('\n');
