export { CodemodeContextManager } from './context-propagation.js';
