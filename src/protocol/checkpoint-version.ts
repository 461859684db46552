/** The format that checkpoints are written in; see `workers/kernel/checkpoint/format.ts`. Apart from the schemas, which load later. */
export const checkpointVersion = 2;
