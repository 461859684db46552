import { serve } from './serve.js';
import 'zone.js';
import { loops } from '../loops.js';

const { Zone } = /** @type {{ Zone: any }} */ (/** @type {unknown} */ (globalThis));
const zone = Zone.current.fork({ name: 'bench', properties: { client: 'a' } });

serve(loops, (run) => zone.run(run));
