import { joinBytes } from '../../protocol/codec/join-bytes.js';
import { maxKeptBytes, maxKeptGroups } from '../../protocol/bounds.js';
import type { Checkpoint, CheckpointMessage, NameLoss } from '../../protocol/messages/checkpoint.js';
import { checkpointVersion } from '../../protocol/messages/checkpoint.js';
import { MessageShapeError } from '../../protocol/checks/message-shape-error.js';

const lineBreak = Uint8Array.of(0x0a);

/** Names of a namespace with what they are bound to, as a worker wrote them: UTF-8, one line. */
export interface CheckpointGroup {
  readonly names: readonly string[];
  readonly data: Uint8Array<ArrayBuffer>;
}

/** The namespace of a session as its worker last reported it. Only workers read the data of the groups. */
export class CheckpointGroups {
  readonly groups: Map<number, CheckpointGroup>;
  lost: readonly NameLoss[];

  constructor(groups: Iterable<readonly [number, CheckpointGroup]> = [], lost: readonly NameLoss[] = []) {
    this.groups = new Map(groups);
    this.lost = lost;
  }

  get names(): string[] {
    return [...this.groups.values()].flatMap(({ names }) => names);
  }

  /** @throws MessageShapeError for an invalid message */
  apply({ groups, removed, lost, data }: CheckpointMessage): void {
    const total = groups.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total !== data.byteLength) throw new MessageShapeError('data', `${total} bytes`, `${data.byteLength}`);
    for (const id of removed) this.groups.delete(id);
    let at = 0;
    for (const { id, names, bytes } of groups) {
      // Each its own copy: a view would keep the bytes of all the others alive.
      this.groups.set(id, { names, data: new Uint8Array(data.slice(at, at + bytes)) });
      at += bytes;
    }
    this.lost = lost;
    const kept = [...this.groups.values()].reduce((sum, group) => sum + group.data.length, 0);
    if (kept > maxKeptBytes || this.groups.size > maxKeptGroups)
      throw new MessageShapeError(
        'data',
        `at most ${maxKeptBytes} bytes in ${maxKeptGroups} groups`,
        `${kept} in ${this.groups.size}`,
      );
  }

  /** All groups, one a line. */
  bytes(): ArrayBuffer {
    return joinBytes([...this.groups.values()].flatMap(({ data }) => [data, lineBreak]));
  }

  toCheckpoint(): Checkpoint {
    return {
      version: checkpointVersion,
      names: this.names,
      data: new TextDecoder().decode(this.bytes()),
      lost: this.lost,
    };
  }
}
