/** Whether the language counts a value as an object: functions are objects, `null` is none. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' ? value !== null : typeof value === 'function';
}
