/**
 * How the page and the frame find each other. The frame says ready; the page answers with two ports, one to control the
 * frame and one for the session. Both look at who speaks: any other frame can post the same words.
 */

const ready = 'codemode:ready';
const init = 'codemode:init';

/** The part of a window that both sides need. */
export interface MessageTarget {
  postMessage(message: unknown, targetOrigin: string, transfer?: Transferable[]): void;
}

export interface SessionPorts {
  /** Carries `ControlMessage`s and `FrameReport`s. */
  readonly control: MessagePort;
  /** Carries the frames of the guarded endpoint. */
  readonly session: MessagePort;
}

/** A message from the page to the frame. */
export type ControlMessage =
  | { readonly type: 'ping'; readonly count: number }
  /** The execution of a cell is to end, also where the worker is too busy to be told. */
  | { readonly type: 'cancel'; readonly cell: number }
  | { readonly type: 'terminate' };

/** A message from the frame to the page. `killed` comes once, after the session's port was closed. */
export type FrameReport =
  | { readonly type: 'pong'; readonly count: number }
  | { readonly type: 'killed'; readonly reason: 'traffic' | 'worker'; readonly detail: string };

/** In the frame. An opaque origin cannot know who embeds it, and the words are no secret. */
export function sayReady(page: MessageTarget): void {
  page.postMessage(ready, '*');
}

/**
 * In the page: whether a message is the frame's. A sandboxed frame has the origin `null`, which no page on the web has.
 */
export function isReady(event: MessageEvent, frame: unknown): boolean {
  return frame !== null && event.source === frame && event.origin === 'null' && event.data === ready;
}

/** In the page. The frame has no origin that could be named; its window was checked by `isReady`. */
export function sendPorts(frame: MessageTarget, { control, session }: SessionPorts): void {
  frame.postMessage(init, '*', [control, session]);
}

/** In the frame: the ports, if the message is the embedding page's. */
export function receivePorts(event: MessageEvent, page: unknown): SessionPorts | undefined {
  if (event.source !== page || event.data !== init || event.ports.length !== 2) return undefined;
  return { control: event.ports[0]!, session: event.ports[1]! };
}

/** @returns the report, or `undefined` for anything else. */
export function readReport(data: unknown): FrameReport | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, count, reason, detail } = data as Readonly<Record<string, unknown>>;
  if (type === 'pong' && typeof count === 'number') return { type, count };
  if (type === 'killed' && (reason === 'traffic' || reason === 'worker') && typeof detail === 'string') {
    return { type, reason, detail: detail.slice(0, 1_000) };
  }
  return undefined;
}
