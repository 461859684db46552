/** Parts of a worker that it loads when it first needs them. Each is a file beside `runner.html`. */
export const workerParts = ['dom'] as const;

/** The name of a part; its file is `runner-NAME.js`. */
export type WorkerPart = (typeof workerParts)[number];
