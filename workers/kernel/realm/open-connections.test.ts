import { describe, expect, it } from 'vitest';
import { Patches } from '../../../src/context/platform/patches.js';
import { OpenConnections } from './open-connections.js';

class FakeSocket {
  #state = 0;
  get readyState(): number {
    return this.#state;
  }
  close(): void {
    this.#state = 3;
  }
}

describe('open connections', () => {
  it('counts a socket until it is closed, and a request until it is answered', async () => {
    let reject!: (error: Error) => void;
    const promise = new Promise<never>((_, refuse) => {
      reject = refuse;
    });
    const realm = { WebSocket: FakeSocket, fetch: async () => promise };
    const connections = new OpenConnections();
    connections.watch(realm as never, new Patches());
    const sockets = [new realm.WebSocket(), new realm.WebSocket()];
    expect(sockets[0]).toBeInstanceOf(FakeSocket);
    const response = realm.fetch();
    expect(connections.kinds()).toEqual(['fetch', 'WebSocket']);
    sockets[0]!.close();
    reject(new Error('offline'));
    await expect(response).rejects.toThrow('offline');
    expect(connections.kinds()).toEqual(['WebSocket']);
    sockets[1]!.close();
    expect(connections.kinds()).toEqual([]);
  });
});
