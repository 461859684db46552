import * as v from 'valibot';

/** What keeps a worker from being given back: what it does, and what it holds that no checkpoint keeps. */
export interface ObstaclesReply {
  /** In words, each to follow the name of the session; none when nothing does. */
  readonly obstacles: readonly string[];
}

export const obstaclesReply: v.GenericSchema<unknown, ObstaclesReply> = v.object({
  obstacles: v.pipe(v.array(v.pipe(v.string(), v.maxLength(1_000))), v.maxLength(100)),
});
