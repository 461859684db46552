/** An SDK that has not been published: the site serves it from its own files. */
const fruits = [
  { name: 'apple', price: 3 },
  { name: 'pear', price: 4 },
  { name: 'quince', price: 7 },
];

export class Orchard {
  #region;

  constructor({ region = 'north' } = {}) {
    this.#region = region;
  }

  get region() {
    return this.#region;
  }

  /** All fruits that are cheaper than `below`. */
  async list({ below = Infinity } = {}) {
    return fruits.filter(({ price }) => price < below);
  }

  /** What an order costs: `{ apple: 2 }`. */
  async quote(order) {
    return Object.entries(order).reduce((sum, [name, count]) => {
      const fruit = fruits.find((known) => known.name === name);
      if (fruit === undefined) throw new RangeError(`The orchard has no ${name}.`);
      return sum + fruit.price * count;
    }, 0);
  }
}
