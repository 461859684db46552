/**
 * Names under which code can never call a tool or a namespace of tools: every object has them, or the language and its
 * libraries look them up on any object. `await tools` asks for `tools.then`.
 */
export const reservedToolNames: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
  'then',
  'toJSON',
];
