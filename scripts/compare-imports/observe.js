/**
 * What code sees of a module: its exports with their types, texts and members, and what they give for a few arguments. The browser
 * and a session run it both, so it uses nothing from outside.
 *
 * @param {Readonly<Record<string, unknown>>} namespace
 * @returns {Promise<string[]>}
 */
export async function observe(namespace) {
  /** @param {unknown} value @param {number} [depth] @returns {string} */
  const describe = (value, depth = 2) => {
    try {
      if (typeof value === 'function')
        return `function ${value.name}/${value.length} ${keysOf(value)} ${value.toString()}`;
      if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`;
      const shown = `${Object.prototype.toString.call(value)} ${value.constructor?.name} ${keysOf(value)}`;
      if (depth === 0) return shown;
      // Lines of a stack are those of the session's own files.
      const members = Reflect.ownKeys(value)
        .filter((key) => key !== 'stack')
        .slice(0, 30);
      return `${shown} {${members.map((key) => describe(Reflect.get(/** @type {object} */ (value), key), depth - 1)).join('; ')}}`;
    } catch (error) {
      return `throws ${error}`;
    }
  };
  /** @param {object} object */
  const keysOf = (object) => `[${Reflect.ownKeys(object).slice(0, 100).map(String).join()}]`;
  /** @param {() => unknown} call */
  const outcome = async (call) => {
    try {
      const pause = new Promise((resolve) => setTimeout(resolve, 20, 'pending'));
      return describe(await Promise.race([call(), pause]));
    } catch (error) {
      return `throws ${error}`;
    }
  };
  const lists = [[], ['a b'], [2, 3], [[3, 1, 2]], [{ a: 1, b: [2] }], [[1, 2], (/** @type {any} */ x) => x]];
  /** @type {string[]} */
  const lines = [];
  /** Of long lines the start and a sum. @param {string} line */
  const tell = (line) => {
    let sum = 0;
    for (let at = 1_000; at < line.length; at++) sum = (sum * 31 + line.charCodeAt(at)) | 0;
    lines.push(`${line.slice(0, 1_000)}${sum === 0 ? '' : `… ${line.length} ${sum}`}`);
  };
  tell(`exports ${Reflect.ownKeys(namespace).map(String).join()}`);
  for (const name of Object.keys(namespace)) {
    const value = namespace[name];
    tell(`${name} is ${describe(value)}`);
    if (typeof value !== 'function') continue;
    if (typeof value.prototype === 'object') tell(`${name}.prototype is ${describe(value.prototype)}`);
    const isClass = value.toString().startsWith('class');
    for (const [index, args] of lists.entries()) {
      const call = () => (isClass ? Reflect.construct(value, args) : value(...args));
      tell(`${name} of list ${index} gives ${await outcome(call)}`);
    }
  }
  return lines;
}
