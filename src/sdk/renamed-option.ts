import { warnOfOldName } from './warn-once.js';

/**
 * The value of an option that was renamed. The old name keeps working for one release, with one warning on the console.
 *
 * @throws TypeError if both names are given
 */
export function renamedOption<Options extends object, Name extends keyof Options>(
  options: Options,
  name: Name & string,
  oldName: keyof Options & string,
): Options[Name] {
  if (options[oldName] === undefined) return options[name];
  if (options[name] !== undefined) {
    throw new TypeError(`"${oldName}" is the old name of the option "${name}". Pass only "${name}".`);
  }
  warnOfOldName(`The option "${oldName}"`, name);
  return options[oldName] as unknown as Options[Name];
}
