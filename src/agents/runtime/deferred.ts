/** A promise that is settled from outside. Node 20 has no `Promise.withResolvers`. */
export class Deferred<T> {
  resolve!: (value: T) => void;
  readonly promise = new Promise<T>((resolve) => {
    this.resolve = resolve;
  });
}
