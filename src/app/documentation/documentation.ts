import '../../elements/snippet/index.js';
import { storedScheme } from '../colour-scheme.js';

const scheme = storedScheme();
document.documentElement.dataset['theme'] = scheme;
// One page shows it.
if (document.querySelector('codemode-timeline') !== null) void import('../../elements/timeline/index.js');
document.querySelector('.guides [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
