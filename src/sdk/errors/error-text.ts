import { PortClosedError } from '../../protocol/endpoint/port-errors.js';

/** The text of a thrown value; of a closed port, why it was closed. */
export function errorText(error: unknown): string {
  if (error instanceof PortClosedError) return error.reason;
  return error instanceof Error ? error.message : String(error);
}
