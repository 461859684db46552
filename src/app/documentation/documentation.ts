import { storedScheme } from '../colour-scheme.js';

document.documentElement.dataset['theme'] = storedScheme();
