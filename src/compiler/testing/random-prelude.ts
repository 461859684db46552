/** What every random program begins with: iterables, thenables, promises and resources that log what is asked of them. */
export const prelude = `
const pending = []; const box = { set x(value) { log('set'); this.value = value; }, get x() { return this.value; } };
// A promise that a finally drops must not count as unhandled.
const seen = (promise) => { Promise.prototype.then.call(promise, undefined, () => undefined); return promise; };
let flips = 0; const flip = () => ++flips % 3 === 0;
const thenable = (value) => ({ then(resolve) { log('asked'); resolve(value); } });
const iterable = (count, plain) => {
  const step = (result) => plain ? result : Promise.resolve(result);
  return { [Symbol.asyncIterator]() {
    log('open');
    let at = 0;
    return {
      next() { log('next'); return step({ value: at, done: at++ >= count }); },
      return(value) { log('return'); return step({ value, done: true }); },
    };
  } };
};
const syncIterable = (values) => ({ [Symbol.iterator]() {
  log('open sync');
  let at = 0;
  return {
    next() { log('next sync'); return { value: values[at], done: at++ >= values.length }; },
    return(value) { log('return sync'); return { value, done: true }; },
  };
} });
const unclosed = (count) => ({ [Symbol.asyncIterator]() { let at = 0; return { next() { log('next'); return { value: at, done: at++ >= count }; } }; } });
const got = (value) => ({ get then() { log('got'); return (resolve) => { log('asked'); resolve(value); }; } });
const twice = (value) => ({ then(resolve, reject) { log('asked'); resolve(value); resolve(2); reject(3); throw 4; } });
const nested = (value) => ({ then(resolve) { log('asked'); resolve(thenable(value)); } });
const thrower = () => ({ get then() { log('throws'); throw new Error('then'); } });
const refusing = (reason) => ({ then(_, reject) { log('refuses'); reject(reason); } });
class Own extends Promise { }
class Plain extends Promise { static get [Symbol.species]() { return Promise; } }
class Heard extends Promise { then(...reactions) { try { log('heard'); } catch { } return super.then(...reactions); } }
const tag = ({ raw }, ...values) => { log(raw); return values.at(-1); };
class Base { async m() { log('base'); await 0; return log('base after'); } }
const deferred = (value) => {
  const { promise, resolve } = Promise.withResolvers();
  pending.push(seen(run('resolves', async () => { await 0; resolve(value); })));
  return promise;
};
const resource = (value) => ({ [Symbol.dispose]() { log('dispose'); }, value });
const asyncResource = (value) => ({ async [Symbol.asyncDispose]() { log('dispose async'); await 0; log('disposed'); }, value });
const slowResource = (value) => ({ [Symbol.asyncDispose]() { log('dispose slowly'); return thenable(value); } });
`;
