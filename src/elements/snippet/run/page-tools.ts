import type { Codemode } from '../../../sdk/index.js';

/** The whole of `codemode-playground/sdk`: a module that registers tools needs no copy of its own. */
export type Sdk = typeof import('../../../sdk/index.js');

/** Registers tools; may be asynchronous. What it throws is shown by the snippet whose run waited for it. */
export type RegisterTools = (codemode: Codemode, sdk: Sdk) => void | Promise<void>;

const registrations: RegisterTools[] = [];
let apply: ((register: RegisterTools) => void) | undefined;

/**
 * Gives the snippets of the page tools. `register` is called when the first snippet runs, or at once where one has; before or after the
 * elements upgrade. Not for snippets with a `tools` attribute or a `codemode` of their own, so that two sets can stand side by side.
 */
export function registerTools(register: RegisterTools): void {
  registrations.push(register);
  apply?.(register);
}

/** Hands over what was registered, and from now on what will be. */
export function takeRegistrations(onRegister: (register: RegisterTools) => void): readonly RegisterTools[] {
  apply = onRegister;
  return registrations;
}
