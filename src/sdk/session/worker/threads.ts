export { runInThread } from './run-in-thread.js';
export { ThreadPlaces } from './thread-places.js';
