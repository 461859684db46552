/**
 * Browsers give all sandboxed frames of a site one process: a script that spins in the frame of an output holds up the workers'
 * frames as well, and no frame can end it. Only when no frame is left in it does the process end. So whoever finds it silent empties it.
 */

/** Leaves the process at once, and returns what to do when everybody has left. */
type Leave = () => () => void;

const occupants = new Set<Leave>();

/** Adds a frame. Returns what takes it away again. */
export function occupyProcess(leave: Leave): () => void {
  occupants.add(leave);
  return () => occupants.delete(leave);
}

/** Takes all frames out of the process, and lets them begin anew. */
export function emptyProcess(): void {
  const returns = [...occupants].map((leave) => leave());
  for (const comeBack of returns) comeBack();
}
