import { describe, expect, it } from 'vitest';
import { sendPorts, isReady, readReport, receivePorts, sayReady } from './handshake.js';

/** A window that keeps what it was told, and the event by which another window would hear it. */
function fakeWindow() {
  const told: { message: unknown; targetOrigin: string; transfer: Transferable[] }[] = [];
  return {
    told,
    postMessage(message: unknown, targetOrigin: string, transfer: Transferable[] = []) {
      told.push({ message, targetOrigin, transfer });
    },
  };
}

const eventOf = (fields: object): MessageEvent => ({ origin: 'null', ports: [], ...fields }) as unknown as MessageEvent;

describe('handshake', () => {
  it('takes a ready from the frame alone, with the origin null (regression 24)', () => {
    const page = fakeWindow();
    sayReady(page);
    const data = page.told[0]!.message;
    const frame = {};
    expect(isReady(eventOf({ source: frame, data }), frame)).toBe(true);
    expect(isReady(eventOf({ source: {}, data }), frame)).toBe(false);
    expect(isReady(eventOf({ source: frame, data, origin: 'https://example.com' }), frame)).toBe(false);
    expect(isReady(eventOf({ source: frame, data: 'ready' }), frame)).toBe(false);
    expect(isReady(eventOf({ source: null, data }), null)).toBe(false);
  });

  it('takes ports from the embedding page alone', () => {
    const { port1: control, port2: session } = new MessageChannel();
    const frame = fakeWindow();
    sendPorts(frame, { control, session });
    const { message: data, transfer: ports } = frame.told[0]!;
    const page = {};
    expect(receivePorts(eventOf({ source: page, data, ports }), page)).toEqual({ control, session });
    expect(receivePorts(eventOf({ source: {}, data, ports }), page)).toBeUndefined();
    expect(receivePorts(eventOf({ source: page, data, ports: [control] }), page)).toBeUndefined();
    expect(receivePorts(eventOf({ source: page, data: 'init', ports }), page)).toBeUndefined();
    control.close();
    session.close();
  });

  it('reads reports, and nothing else', () => {
    expect(readReport({ type: 'pong', count: 3 })).toEqual({ type: 'pong', count: 3 });
    expect(readReport({ type: 'killed', reason: 'traffic', detail: 'x'.repeat(2_000), extra: 1 })).toEqual({
      type: 'killed',
      reason: 'traffic',
      detail: 'x'.repeat(1_000),
    });
    for (const data of [
      null,
      'pong',
      {},
      { type: 'pong' },
      { type: 'killed', reason: 'other', detail: '' },
      { type: 'eval' },
    ]) {
      expect(readReport(data)).toBeUndefined();
    }
  });
});
