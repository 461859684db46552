import { link } from 'compiled:loops';
import { current } from '../../../src/context/current.js';
import { activations } from '../../../src/context/activations/activations.js';
import { installPlatform } from '../../../src/context/platform/install.js';
import { Variable } from '../../../src/context/async-context/variable.js';
import { serve } from './serve.js';

installPlatform();

/** @type {Record<string, () => any>} */
let exported = {};
const evaluation = link({ activations, exports: (/** @type {typeof exported} */ getters) => (exported = getters) });
evaluation.next();
evaluation.next();

const client = new Variable({ name: 'client' });
const execution = { id: 'bench', interruption: undefined };

serve(exported['loops']?.(), (run) =>
  client.run('a', () => {
    const outer = current.mapping;
    current.mapping = { execution, values: outer?.values ?? new Map() };
    try {
      return run();
    } finally {
      current.mapping = outer;
    }
  }),
);
