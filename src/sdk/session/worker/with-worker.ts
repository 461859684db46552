/** What only a session with a worker needs: it is loaded when the first worker is opened, and weighs as much as the rest of the SDK. */
export { connectSandbox } from '../../workers/connect-sandbox.js';
export { PendingWork } from './pending-work.js';
export { recallHistory } from './recall-history.js';
export { runInThread } from './run-in-thread.js';
export { ThreadPlaces } from './thread-places.js';
export { runInWorker } from './run-in-worker.js';
export { restoreCheckpoint } from '../../checkpoints/restore-checkpoint.js';
