export { CodemodeContextManager } from './context-manager.js';
