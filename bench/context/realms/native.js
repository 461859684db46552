import { loops } from '../loops.js';
import { serve } from './serve.js';

serve(loops, (run) => run());
