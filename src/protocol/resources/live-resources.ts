/** Kinds of resources that the SDK opens and has to release. Tests count them before and after. */
export type ResourceKind = 'frame' | 'port' | 'listener' | 'timer' | 'objectUrl' | 'worker' | 'database';

const live: Record<ResourceKind, number> = {
  frame: 0,
  port: 0,
  listener: 0,
  timer: 0,
  objectUrl: 0,
  worker: 0,
  database: 0,
};

/** How many of each kind are open in this realm. A copy, taken now. */
export const liveResources = (): Readonly<Record<ResourceKind, number>> => ({ ...live });

/** Counts one as open until the returned function is first called. */
export function trackResource(kind: ResourceKind): () => void {
  live[kind] += 1;
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    live[kind] -= 1;
  };
}
