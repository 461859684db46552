import { installPlatform } from '../../src/context/platform/install.js';

/**
 * The realm's callbacks, run in the context that each asks for. Evaluated before `intrinsics.ts` takes stock of the
 * built-ins, so that these patches count as pristine.
 */
export const platform = installPlatform(globalThis);
