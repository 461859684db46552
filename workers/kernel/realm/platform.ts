import { installPlatform } from '../../../src/context/platform/install.js';

/** The realm's callbacks, run in the context that each asks for. */
export const platform = installPlatform(globalThis);
