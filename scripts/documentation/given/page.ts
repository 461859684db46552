import { Codemode } from 'codemode-playground/sdk';

/** What the blocks of the guides take as given, where they do not declare it. */
export const codemode = new Codemode();
export const session = codemode.session('guide');
