import '../../elements/snippet/index.js';
import { storedScheme } from '../colour-scheme.js';

const scheme = storedScheme();
document.documentElement.dataset['theme'] = scheme;
document.querySelector('.guides [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
