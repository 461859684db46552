/** What only a session with a worker needs: it is loaded when the first worker is opened, and weighs as much as the rest of the SDK. */
export { connectSandbox } from '../../workers/connect-sandbox.js';
export { PendingWork } from './pending-work.js';
export { recallHistory } from './recall-history.js';
export { runInWorker } from './run-in-worker.js';
export { restoreCheckpoint } from '../../checkpoints/restore-checkpoint.js';

/** What only threads need. */
export const loadThreads = (): Promise<typeof import('./threads.js')> => import('./threads.js');
