import { activations } from '../../src/context/activations/activations.js';
import { ClassDecoration } from '../../src/compiler/erase/decorate.js';
import { installPlatform } from '../../src/context/platform/install.js';

/** What compiled code needs in a realm of a test. It imports nothing, and evaluates no text. */
installPlatform();
export const runtime = {
  activations,
  meta: {},
  exports: () => undefined,
  exportStar: () => undefined,
  namespace: () => ({}),
  decorate: () => new ClassDecoration(),
};
