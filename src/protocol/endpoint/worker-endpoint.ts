import { current } from '../../context/current.js';
import { type CodecOptions, decode, encodeMessage, refusalOf } from '../codec/codec.js';
import { brandOf } from '../intrinsics/brand.js';
import { errorFields } from '../intrinsics/error-fields.js';
import { maxFailureCharacters, maxInFlightBytes, maxPacketBytes } from '../bounds.js';
import { type Envelope, pack, type Packed, unpack } from './envelope.js';
import { type TrafficLimits, workerInFlight, workerOrderedInFlight, workerTraffic } from './traffic.js';
import type { MethodTable } from '../methods.js';
import { TokenBucket } from './token-bucket.js';

/** How a method of the kernel answers: once, and later if it likes. Further answers are ignored. */
export interface KernelReply<Reply = unknown> {
  succeed(value: Reply): void;
  /** Writes the answer now, to be sent when the function it gives is called. */
  prepare(value: Reply): () => void;
  fail(name: string, message: string): void;
}

/** Functions that answer the host's calls. Each is called in the bracket; throwing is failing, with the name `Error`. */
export type KernelApi<Kernel extends MethodTable> = {
  readonly [M in keyof Kernel]: (message: Kernel[M]['message'], reply: KernelReply<Kernel[M]['sentReply']>) => void;
};

/**
 * Called in the bracket. Callbacks and no promise: resolving one with an object reads `then`, which code may have put on `Object.prototype`.
 */
export interface HostReply<Reply = unknown> {
  succeeded(value: Reply): void;
  failed(name: string, message: string): void;
}

export interface WorkerEndpointOptions<Kernel extends MethodTable, Host extends MethodTable> {
  /** The methods that the host may call, asked for at each call. Own properties only. */
  readonly api: () => KernelApi<Kernel>;
  /** Calls to the host without a reply; further ones wait. @default 200 */
  readonly maxInFlight?: number;
  /** Bytes of these calls with which further ones wait. @default 32 Mi */
  readonly maxBytes?: number;
  /** Methods of the host whose calls go ahead of others and keep their order with replies. @default none */
  readonly ordered?: readonly (keyof Host & string)[];
  /** The rate that the endpoint keeps to, so that the gate never has to act. */
  readonly traffic?: TrafficLimits;
  /** Hooks and bounds of the codec, asked for at each message that is sent. @default the codec's own */
  readonly codec?: () => CodecOptions;
  /** Runs a synchronous function of the endpoint with pristine built-ins in force. @default it just runs */
  readonly bracket?: <T>(run: () => T) => T;
  /** @default performance.now, as it was when this module was evaluated */
  readonly now?: () => number;
}

export interface WorkerEndpoint<Host extends MethodTable> {
  /**
   * Calls a method of the host; `message` is encoded now. Calls that wait for credit or pace go out in the order of
   * calling. Returns a function that forgets the call: it is not sent, if it still waits, and its reply is ignored.
   *
   * @param wholeField the field of the message in which nothing may be replaced by a preview
   * @throws RangeError for a message that is larger than the host takes, NotSendableError for what the whole field holds
   */
  call<M extends keyof Host & string>(
    method: M,
    message: Host[M]['sentMessage'],
    reply: HostReply<Host[M]['reply']>,
    wholeField?: keyof Host[M]['message'] & string,
  ): () => void;
  /** Closes the port. No callback is called from then on. */
  close(): void;
  /** Calls without a reply, sent or waiting. */
  readonly pendingCount: number;
  /** Calls that are not ordered and were not sent, and their bytes. */
  readonly waiting: { readonly count: number; readonly bytes: number };
}

// Whatever the endpoint uses outside the bracket is taken here, before code of the reader runs.
const uncurry = <F extends (...args: never[]) => unknown>(method: F) =>
  Function.prototype.call.bind(method) as unknown as (self: unknown, ...args: unknown[]) => ReturnType<F>;
const getter = (prototype: object, name: string) =>
  uncurry(Object.getOwnPropertyDescriptor(prototype, name)!.get as () => unknown);
const postMessage = uncurry(MessagePort.prototype.postMessage);
const closePort = uncurry(MessagePort.prototype.close);
const startPort = uncurry(MessagePort.prototype.start);
const addEventListener = uncurry(EventTarget.prototype.addEventListener);
const removeEventListener = uncurry(EventTarget.prototype.removeEventListener);
const dataOf = getter(MessageEvent.prototype, 'data');
const setTimer = globalThis.setTimeout.bind(globalThis);
const clearTimer = globalThis.clearTimeout.bind(globalThis);
const clock = performance.now.bind(performance);
const createNull = Object.create.bind(Object, null) as () => object;
const hasOwn = Object.hasOwn.bind(Object);

/** Messages of the host are read without the checks for those of a worker. */
const trusted = { trusted: true };
const noHooks = {};

interface Call {
  readonly id: string;
  readonly reply: HostReply;
  /** Bytes that count as long as it has no reply. */
  readonly bytes: number;
  state: 'waiting' | 'sent' | 'forgotten';
}

/** A packet that waits, in a lane of its kind. Replies have no call. */
interface Waiting {
  readonly packed: Packed;
  readonly call: Call | undefined;
  next: Waiting | undefined;
}

interface Lane {
  first: Waiting | undefined;
  last: Waiting | undefined;
  count: number;
  bytes: number;
}

const emptyLane = (): Lane => ({ first: undefined, last: undefined, count: 0, bytes: 0 });

function append(lane: Lane, packed: Packed, call: Call | undefined): void {
  const waiting: Waiting = { packed, call, next: undefined };
  if (lane.last === undefined) lane.first = waiting;
  else lane.last.next = waiting;
  lane.last = waiting;
  lane.count += 1;
  lane.bytes += packed.size;
}

function removeFirst(lane: Lane): void {
  lane.count -= 1;
  lane.bytes -= lane.first!.packed.size;
  lane.first = lane.first!.next;
  if (lane.first === undefined) lane.last = undefined;
}

/**
 * The worker's end of a session's port. The host speaks Comlink; this is the one place that translates Comlink's
 * messages, as `envelope.ts` packs them, from and to callbacks of the kernel. The worker does not load Comlink, because
 * Comlink's promises and proxies would use built-ins that code of the reader can patch (docs/decisions/comlink.md).
 * Nothing of the endpoint can be reached but through the returned object.
 */
export function openWorkerEndpoint<Kernel extends MethodTable, Host extends MethodTable>(
  port: MessagePort,
  options: WorkerEndpointOptions<Kernel, Host>,
): WorkerEndpoint<Host> {
  const { api, maxInFlight = workerInFlight, maxBytes = maxInFlightBytes, now = clock } = options;
  const { traffic = workerTraffic, codec = () => noHooks } = options;
  const bracket = options.bracket ?? (<T>(run: () => T): T => run());
  const messages = new TokenBucket(traffic.messages, now());
  const bytes = new TokenBucket(traffic.bytes, now());
  const sent = createNull() as Record<string, Call>;
  const orderedMethods = createNull() as Record<string, true>;
  for (const method of options.ordered ?? []) orderedMethods[method] = true;
  /** Replies, and calls that keep their order with them. */
  const ordered = emptyLane();
  const others = emptyLane();
  let inFlight = 0;
  let bytesInFlight = 0;
  let pendingCount = 0;
  let serial = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let open = true;

  const post = ({ packed: { packet, transfer, size }, call }: Waiting): void => {
    const time = now();
    messages.take(1, time);
    bytes.take(size, time);
    if (call !== undefined) {
      call.state = 'sent';
      sent[call.id] = call;
      inFlight += 1;
      bytesInFlight += call.bytes;
    }
    if (transfer.length === 0) postMessage(port, packet);
    // The platform iterates over the list of what to transfer.
    else bracket(() => postMessage(port, packet, transfer));
  };

  const delayOf = ({ packed }: Waiting): number => {
    const time = now();
    const forMessages = messages.delay(1, time);
    const forBytes = bytes.delay(packed.size, time);
    return forMessages > forBytes ? forMessages : forBytes;
  };

  /** Sends what the lane has, as far as credit and pace allow; a lane that has to wait for its pace holds up both. */
  const drainLane = (lane: Lane, credit: number): void => {
    for (let waiting = lane.first; waiting !== undefined && timer === undefined; waiting = lane.first) {
      if (waiting.call?.state !== 'forgotten') {
        if (waiting.call !== undefined && inFlight >= credit) return;
        if (lane === others && bytesInFlight >= maxBytes) return;
        const delay = delayOf(waiting);
        if (delay > 0) {
          timer = setTimer(() => {
            timer = undefined;
            drain();
          }, delay);
          return;
        }
        post(waiting);
      }
      removeFirst(lane);
    }
  };

  const drain = (): void => {
    if (!open) return;
    drainLane(ordered, workerOrderedInFlight);
    drainLane(others, maxInFlight);
  };

  const answer = (id: string, method: string, message: unknown): void => {
    let answered = false;
    const once = (packed: Packed): void => {
      if (answered) return;
      answered = true;
      append(ordered, packed, undefined);
      drain();
    };
    const prepare = (value: unknown): (() => void) => {
      const packed = bracket(() => packReply({ kind: 'reply', id, payload: encodeMessage(value, codec()) }));
      return () => once(packed);
    };
    const reply: KernelReply = {
      prepare,
      succeed: (value) => prepare(value)(),
      fail: (name, text) => once(bracket(() => packReply({ kind: 'error', id, name, message: text }))),
    };
    const methods = api();
    if (!hasOwn(methods, method)) return reply.fail('TypeError', 'The kernel has no such method.');
    try {
      methods[method]!(message, reply);
    } catch (error) {
      reply.fail('Error', failureOf(error, codec()));
    }
  };

  const settle = (id: string, tell: (reply: HostReply) => void): void => {
    const call = sent[id];
    if (call === undefined) return;
    delete sent[id];
    inFlight -= 1;
    bytesInFlight -= call.bytes;
    if (call.state === 'forgotten') return;
    pendingCount -= 1;
    tell(call.reply);
  };

  // One bracket for a message and all that follows from it: it is the dearer part of a small one.
  const receive = (event: unknown): void => {
    // A message is a task: nothing is ambient in it, whatever code has left behind.
    current.mapping = undefined;
    bracket(() => {
      const envelope = readable(unpack(dataOf(event)));
      if (envelope.kind === 'call') answer(envelope.id, envelope.method, envelope.value);
      else if (envelope.kind === 'reply') settle(envelope.id, (reply) => reply.succeeded(envelope.value));
      else if (envelope.kind === 'error') settle(envelope.id, (reply) => reply.failed(envelope.name, envelope.message));
      else append(ordered, packReply({ kind: 'error', id: envelope.id, ...envelope.failure }), undefined);
      drain();
    });
  };

  addEventListener(port, 'message', receive);
  startPort(port);

  return {
    call(method, message, reply, wholeField) {
      const id = `w${(serial += 1)}`;
      const packed = bracket(() =>
        packWithin({ kind: 'call', id, method, payload: encodeMessage(message, codec(), wholeField) }),
      );
      const isOrdered = orderedMethods[method];
      const call: Call = { id, reply, bytes: isOrdered ? 0 : packed.size, state: 'waiting' };
      append(isOrdered ? ordered : others, packed, call);
      pendingCount += 1;
      drain();
      return () => {
        if (call.state === 'forgotten' || (call.state === 'sent' && sent[id] !== call)) return;
        call.state = 'forgotten';
        pendingCount -= 1;
      };
    },
    close() {
      if (!open) return;
      open = false;
      clearTimer(timer);
      removeEventListener(port, 'message', receive);
      closePort(port);
    },
    get pendingCount() {
      return pendingCount;
    },
    waiting: others,
  };
}

/** What a method threw may be a value of code. */
function failureOf(error: unknown, { isProxy = () => false }: CodecOptions): string {
  const isError = typeof error === 'object' && error !== null && brandOf(error, isProxy) === 'error';
  return isError ? errorFields(error, isProxy).message.slice(0, maxFailureCharacters) : 'The kernel failed.';
}

type ReadEnvelope =
  | { readonly kind: 'call'; readonly id: string; readonly method: string; readonly value: unknown }
  | { readonly kind: 'reply'; readonly id: string; readonly value: unknown }
  | { readonly kind: 'error'; readonly id: string; readonly name: string; readonly message: string }
  | { readonly kind: 'unreadable call'; readonly id: string; readonly failure: { name: string; message: string } };

/** With its value: a call that can't be read still gets an answer, and so does one whose reply can't be read. */
function readable(envelope: Envelope): ReadEnvelope {
  if (envelope.kind === 'error') return envelope;
  const { id } = envelope;
  try {
    const value = decode(envelope.payload, trusted);
    return envelope.kind === 'reply'
      ? { kind: 'reply', id, value }
      : { kind: 'call', id, method: envelope.method, value };
  } catch (error) {
    const message = `The worker could not read a message of the page: ${(error as Error).message}`;
    const failure = { name: 'RangeError', message };
    return envelope.kind === 'reply' ? { kind: 'error', id, ...failure } : { kind: 'unreadable call', id, failure };
  }
}

/** @throws RangeError for an envelope that would make the host close the port */
function packWithin(envelope: Envelope): Packed {
  let refusal = envelope.kind === 'error' ? undefined : refusalOf(envelope.payload.text);
  if (refusal === undefined) {
    const packed = pack(envelope);
    if (packed.size <= maxPacketBytes) return packed;
    refusal = `${packed.size} bytes, and at most ${maxPacketBytes} are sent`;
  }
  throw new RangeError(`The message is too large: it has ${refusal}. Send it in parts.`);
}

function packReply(envelope: Envelope): Packed {
  try {
    return packWithin(envelope);
  } catch (error) {
    return pack({ kind: 'error', id: envelope.id, name: 'RangeError', message: (error as RangeError).message });
  }
}
