import type { Payload } from '../codec/options.js';
import { ProtocolViolation } from './port-errors.js';
import {
  maxFailureCharacters,
  maxFailureNameCharacters,
  maxIdCharacters,
  maxMethodCharacters,
  maxPacketBuffers,
  maxPacketBytes,
  maxPacketCharacters,
} from '../bounds.js';
import { bufferLength } from '../intrinsics/slots.js';
import { isRecord } from '../checks/checks.js';

/**
 * A message of the one grammar that both endpoints speak: Comlink's `APPLY` of one method to one string, and its
 * replies.
 */
export type Envelope =
  | { readonly kind: 'call'; readonly id: string; readonly method: string; readonly payload: Payload }
  | { readonly kind: 'reply'; readonly id: string; readonly payload: Payload }
  | { readonly kind: 'error'; readonly id: string; readonly name: string; readonly message: string };

/** A message of a port: a string, or a string and buffers, which are transferred. */
export type Packet = string | readonly [string, ...ArrayBuffer[]];

export interface Packed {
  readonly packet: Packet;
  readonly transfer: ArrayBuffer[];
  /** Bytes as limits count them: characters of the string and bytes of the buffers. */
  readonly size: number;
}

/**
 * Texts are put together by hand: `JSON.stringify` of an object would look for a `toJSON` that anybody can add to a
 * prototype.
 */
export function pack(envelope: Envelope): Packed {
  const payload = envelope.kind === 'error' ? undefined : envelope.payload;
  const buffers = [...(payload?.buffers ?? [])];
  if (payload === undefined || payload.text.length <= maxPacketCharacters) {
    const packet = header(envelope, payload?.text ?? '');
    if (packet.length <= maxPacketCharacters) return packed(packet, buffers);
  }
  // An empty string stands for a text that travels in the first buffer.
  return packed(header(envelope, ''), [new TextEncoder().encode(payload!.text).buffer, ...buffers]);
}

function packed(text: string, transfer: ArrayBuffer[]): Packed {
  const packet: Packet = transfer.length === 0 ? text : [text, ...transfer];
  return { packet, transfer, size: packetSize(packet) };
}

function header(envelope: Envelope, text: string): string {
  const id = JSON.stringify(envelope.id);
  switch (envelope.kind) {
    case 'call':
      return (
        `{"id":${id},"type":"APPLY","path":[${JSON.stringify(envelope.method)}],` +
        `"argumentList":[{"type":"RAW","value":${JSON.stringify(text)}}]}`
      );
    case 'reply':
      return `{"id":${id},"type":"RAW","value":${JSON.stringify(text)}}`;
    case 'error':
      return (
        `{"id":${id},"type":"HANDLER","name":"throw","value":{"isError":true,"value":` +
        `{"name":${JSON.stringify(envelope.name.slice(0, maxFailureNameCharacters))},` +
        `"message":${JSON.stringify(envelope.message.slice(0, maxFailureCharacters))}}}}`
      );
  }
}

/**
 * Whether what came through a port has the form of a packet, and is none too large: strings and genuine buffers only.
 */
export function isPacket(data: unknown): data is Packet {
  if (typeof data === 'string') return data.length <= maxPacketCharacters;
  if (!Array.isArray(data) || data.length < 2 || data.length > maxPacketBuffers + 1) return false;
  // A clone of an array keeps extra properties and holes: neither is part of the grammar.
  if (Object.keys(data).length !== data.length || typeof data[0] !== 'string' || data[0].length > maxPacketCharacters)
    return false;
  let bytes = 0;
  for (let at = 1; at < data.length; at++) {
    const length = lengthOfBuffer(data[at]);
    if (length === undefined) return false;
    bytes += length;
  }
  return bytes <= maxPacketBytes;
}

function lengthOfBuffer(value: unknown): number | undefined {
  try {
    return (value as { resizable?: boolean }).resizable === true ? undefined : bufferLength(value as object);
  } catch {
    return undefined;
  }
}

/** Bytes of a packet as limits count them. */
export function packetSize(packet: Packet): number {
  if (typeof packet === 'string') return packet.length;
  let size = packet[0].length;
  for (let at = 1; at < packet.length; at++) size += (packet[at] as ArrayBuffer).byteLength;
  return size;
}

/**
 * Reads what came through a port. Nothing of it is trusted. `maxTextBytes` is of a text that travels in a buffer.
 *
 * @throws ProtocolViolation for what is no packet (`packet`), or says what the grammar does not have (`grammar`).
 */
export function unpack(data: unknown, maxTextBytes = maxPacketBytes): Envelope {
  if (!isPacket(data))
    throw new ProtocolViolation(
      'packet',
      `expected a string or a string and buffers within limits, received ${kind(data)}`,
    );
  const [text, ...buffers] = typeof data === 'string' ? ([data] as const) : data;
  const head = parse(text);
  const { id, type } = head;
  if (typeof id !== 'string' || id === '' || id.length > maxIdCharacters)
    throw grammar(`an id of 1 to ${maxIdCharacters} characters`, id);
  if (type === 'APPLY') return unpackCall(id, head, { buffers, maxTextBytes });
  if (type === 'RAW' && hasKeys(head, 3))
    return { kind: 'reply', id, payload: payloadOf(head['value'], { buffers, maxTextBytes }) };
  if (type === 'HANDLER' && head['name'] === 'throw' && hasKeys(head, 4) && buffers.length === 0)
    return unpackError(id, head['value']);
  throw grammar('APPLY, RAW or a thrown error', type);
}

function unpackCall(id: string, head: Readonly<Record<string, unknown>>, attached: Attached): Envelope {
  const { path, argumentList } = head;
  if (!hasKeys(head, 4) || !Array.isArray(path) || path.length !== 1) throw grammar('a path of one segment', path);
  const method = path[0] as unknown;
  if (typeof method !== 'string' || method.length > maxMethodCharacters) throw grammar('the name of a method', method);
  if (!Array.isArray(argumentList) || argumentList.length !== 1) throw grammar('one argument', argumentList);
  const argument = argumentList[0] as unknown;
  if (!isRecord(argument) || !hasKeys(argument, 2) || argument['type'] !== 'RAW')
    throw grammar('a RAW argument', argument);
  return { kind: 'call', id, method, payload: payloadOf(argument['value'], attached) };
}

function unpackError(id: string, value: unknown): Envelope {
  const error = isRecord(value) && value['isError'] === true ? value['value'] : undefined;
  if (!isRecord(error) || typeof error['name'] !== 'string' || typeof error['message'] !== 'string')
    throw grammar('name and message', error);
  return {
    kind: 'error',
    id,
    name: error['name'].slice(0, maxFailureNameCharacters),
    message: error['message'].slice(0, maxFailureCharacters),
  };
}

interface Attached {
  readonly buffers: readonly ArrayBuffer[];
  readonly maxTextBytes: number;
}

function payloadOf(text: unknown, { buffers, maxTextBytes }: Attached): Payload {
  if (typeof text !== 'string') throw grammar('a text', text);
  if (text !== '') return { text, buffers };
  const [encoded, ...others] = buffers;
  if (encoded === undefined) throw grammar('a text in the first buffer', encoded);
  if (encoded.byteLength > maxTextBytes) throw new ProtocolViolation('size', `a text of ${encoded.byteLength} bytes`);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(encoded), buffers: others };
  } catch {
    throw grammar('a text in UTF-8', encoded);
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let head: unknown;
  try {
    head = JSON.parse(text);
  } catch {
    throw grammar('JSON', text);
  }
  if (!isRecord(head)) throw grammar('an object', head);
  return head;
}

const hasKeys = (record: object, count: number): boolean => Object.keys(record).length === count;

const grammar = (expected: string, received: unknown): ProtocolViolation =>
  new ProtocolViolation('grammar', `expected ${expected}, received ${kind(received)}`);

function kind(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value) ? `an array of ${value.length}` : value === null ? 'null' : typeof value;
}
