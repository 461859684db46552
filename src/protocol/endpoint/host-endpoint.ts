import * as Comlink from 'comlink';
import { maxInFlightBytes, maxPacketBytes, maxTextCharacters } from '../bounds.js';
import { decodeInSteps, encodeMessage, type Payload } from '../codec/codec.js';
import { type Envelope, packetSize, isPacket, pack, unpack, type Packet } from './envelope.js';
import { MessageShapeError } from '../checks/message-shape-error.js';
import { PortClosedError, ProtocolViolation } from './port-errors.js';
import { PublicError, RemoteError } from './call-errors.js';
import { JobQueue, type Job } from './job-queue.js';
import type { Api, MethodTable, Readers } from '../methods.js';
import { enforcedInFlight, enforcedTraffic, type TrafficLimits } from './traffic.js';
import { checkPreview } from '../checks/check-preview.js';
import { trackResource } from '../resources/live-resources.js';
import { TokenBucket } from './token-bucket.js';

interface HostEndpointLimits {
  /** Calls of the worker without a reply. @default 256 */
  readonly maxInFlight: number;
  /** Bytes of these calls, ordered ones aside, with which a further one is a violation. @default 32 Mi */
  readonly maxBytes: number;
  readonly traffic: TrafficLimits;
}

export interface HostEndpointOptions<Host extends MethodTable, Kernel extends MethodTable> {
  /** Answers the worker's calls; read at each of them. */
  readonly api: Api<Host>;
  /** Checks the worker's messages. Its own keys are the methods that the worker may call. */
  readonly messages: Readers<Host, 'message'>;
  /** Checks the worker's replies. */
  readonly replies: Readers<Kernel, 'reply'>;
  /** Methods that are answered at once, so that the bytes of their calls do not count. @default none */
  readonly ordered?: readonly (keyof Host & string)[];
  readonly limits?: Partial<HostEndpointLimits>;
  /** Called once, after the port was closed. */
  readonly onViolation?: (violation: ProtocolViolation) => void;
  /**
   * What the worker learns of an error. @default name and message of a `PublicError`, and of others that the call
   * failed
   */
  readonly publicError?: (error: unknown, method: string) => { readonly name: string; readonly message: string };
  /** Milliseconds, from any start. @default performance.now */
  readonly now?: () => number;
}

export interface HostEndpoint<Kernel extends MethodTable> {
  /**
   * Calls a method of the worker and checks its reply.
   *
   * @throws RemoteError with name and message of what the kernel threw.
   * @throws PortClosedError when the port is closed, or closes before the reply.
   */
  call<M extends keyof Kernel & string>(method: M, message: Kernel[M]['sentMessage']): Promise<Kernel[M]['reply']>;
  /** Closes the port and rejects every pending call. Later replies are ignored. Twice is safe. */
  close(reason: string): void;
  /** Calls to the kernel without a reply. */
  readonly pendingCount: number;
}

/** The host may send more than a worker may: sources of modules, results of tools. */
const hostCodec = { bounds: { maxValues: 1_000_000, maxCharacters: 20 * 1024 * 1024, maxBytes: 48 * 1024 * 1024 } };

type Listener = (event: { readonly data: unknown; readonly origin: string }) => void;

/**
 * The host's end of a session's port: Comlink, with an endpoint under it that admits one grammar and counts. The first
 * violation closes the port.
 */
export function openHostEndpoint<Host extends MethodTable, Kernel extends MethodTable>(
  port: MessagePort,
  options: HostEndpointOptions<Host, Kernel>,
): HostEndpoint<Kernel> {
  return new GuardedEndpoint(port, options);
}

class GuardedEndpoint<Host extends MethodTable, Kernel extends MethodTable> implements HostEndpoint<Kernel> {
  readonly #port: MessagePort;
  readonly #options: HostEndpointOptions<Host, Kernel>;
  readonly #maxInFlight: number;
  readonly #maxBytes: number;
  readonly #now: () => number;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;
  /** Ids of the worker's calls without a reply, and the bytes of each that count. */
  readonly #answering = new Map<string, number>();
  #answeringBytes = 0;
  /** Ids of calls to the kernel without a reply. */
  readonly #asked = new Set<string>();
  readonly #rejectPending = new Set<(error: PortClosedError) => void>();
  readonly #kernel: KernelProxy;
  /** Messages that are not read yet, so that no flood blocks the page's thread. */
  readonly #inbox = new JobQueue();
  /** Replies that are not written yet. */
  readonly #outbox = new JobQueue();
  /** Keys of symbols that the worker had registered here. */
  readonly #symbols = new Set<string>();
  readonly #untrack = trackResource('port');
  #onCall: Listener | undefined;
  #onReply: Listener | undefined;
  #closed: PortClosedError | undefined;

  constructor(port: MessagePort, options: HostEndpointOptions<Host, Kernel>) {
    const { limits = {} } = options;
    const { traffic = enforcedTraffic, maxInFlight = enforcedInFlight, maxBytes = maxInFlightBytes } = limits;
    this.#port = port;
    this.#options = options;
    this.#maxInFlight = maxInFlight;
    this.#maxBytes = maxBytes;
    this.#now = options.now ?? (() => performance.now());
    this.#messages = new TokenBucket(traffic.messages, this.#now());
    this.#bytes = new TokenBucket(traffic.bytes, this.#now());
    Comlink.expose(
      this.#exposed(),
      this.#comlinkEndpoint((listener) => {
        this.#onCall = listener;
      }),
    );
    this.#kernel = Comlink.wrap<Record<string, (payload: Payload) => unknown>>(
      this.#comlinkEndpoint((listener) => {
        this.#onReply = listener;
      }),
    ) as unknown as KernelProxy;
    port.onmessage = (event) => this.#receive(event);
    port.onmessageerror = () => this.#violate(new ProtocolViolation('packet', 'a message could not be deserialized'));
  }

  get pendingCount(): number {
    return this.#rejectPending.size;
  }

  call<M extends keyof Kernel & string>(method: M, message: Kernel[M]['sentMessage']): Promise<Kernel[M]['reply']> {
    return new Promise((resolve, reject) => {
      if (this.#closed !== undefined) {
        reject(this.#closed);
        return;
      }
      // Comlink never settles a call whose port died.
      this.#rejectPending.add(reject);
      const settle = (run: () => void): void => {
        this.#rejectPending.delete(reject);
        run();
      };
      this.#kernel[method]!(encodeMessage(message, hostCodec))
        .then(
          (received) => {
            const reply = this.#checkedReply(method, received);
            settle(() => resolve(reply));
          },
          (error: ErrorData) => settle(() => reject(new RemoteError(error.name, error.message))),
        )
        .catch(reject);
    });
  }

  close(reason: string): void {
    this.#close(new PortClosedError(reason));
  }

  #close(error: PortClosedError): void {
    if (this.#closed !== undefined) return;
    this.#closed = error;
    this.#port.onmessage = null;
    this.#port.onmessageerror = null;
    this.#port.close();
    this.#inbox.clear();
    this.#outbox.clear();
    this.#untrack();
    // Else Comlink's registry of proxies keeps it, and all that it reaches, for as long as the page lives.
    this.#kernel[Comlink.releaseProxy]();
    for (const reject of this.#rejectPending) reject(error);
    this.#rejectPending.clear();
  }

  /** The API as Comlink sees it: without a prototype, messages in and payloads out, and errors without a stack. */
  #exposed(): object {
    const exposed = Object.create(null) as Record<string, (message: unknown) => Promise<Answer>>;
    for (const method of Object.keys(this.#options.messages) as (keyof Host & string)[]) {
      exposed[method] = async (value) => {
        try {
          const message = this.#options.messages[method](value);
          return { method, reply: await this.#options.api[method](message) };
        } catch (error) {
          if (error instanceof MessageShapeError)
            this.#violate(new ProtocolViolation('message', `${method}: ${error.message}`));
          throw this.#publicError(error, method);
        }
      };
    }
    return Object.freeze(exposed);
  }

  #publicError(error: unknown, method: string): ErrorData {
    return (this.#options.publicError ?? publicError)(error, method);
  }

  /** Writes a reply and sends it, both when the thread has time for it: many large ones may be there at once. */
  #answer(id: string, { method, reply }: Answer): void {
    const next = (): IteratorResult<void> => {
      let payload: Payload | undefined;
      try {
        payload = encodeMessage(reply, hostCodec);
      } catch (error) {
        this.#post({ kind: 'error', id, ...this.#publicError(error, method) });
      }
      if (payload !== undefined) this.#post({ kind: 'reply', id, payload });
      return { done: true, value: undefined };
    };
    this.#outbox.push({ next });
  }

  #checkedReply<M extends keyof Kernel>(method: M, reply: unknown): Kernel[M]['reply'] {
    try {
      return this.#options.replies[method](reply);
    } catch (error) {
      const violation = new ProtocolViolation('message', `a reply: ${(error as Error).message}`);
      this.#violate(violation);
      throw violation;
    }
  }

  /** Comlink's `Endpoint`, which hears what `#receive` admitted and says what the grammar has. */
  #comlinkEndpoint(listenWith: (listener: Listener | undefined) => void): Comlink.Endpoint {
    return {
      addEventListener: (_type, listener) => listenWith(listener as unknown as Listener),
      removeEventListener: () => listenWith(undefined),
      postMessage: (message: unknown) => this.#send(message as ComlinkMessage),
    };
  }

  #send(message: ComlinkMessage): void {
    if (this.#closed !== undefined) return;
    const { id } = message;
    if (message.type === 'RAW') this.#answer(id, message.value);
    else if (message.type === 'APPLY')
      this.#post({ kind: 'call', id, method: message.path[0], payload: message.argumentList[0].value });
    // Comlink also says RELEASE when it is done with a port: closing does that here.
    else if (message.type === 'HANDLER') this.#post({ kind: 'error', id, ...message.value.value });
  }

  #post(envelope: Envelope): void {
    if (envelope.kind === 'call') this.#asked.add(envelope.id);
    else this.#answered(envelope.id);
    const { packet, transfer, size } = pack(envelope);
    if (size <= maxPacketBytes) this.#port.postMessage(packet, transfer);
    else this.#refuse(envelope, size);
  }

  #answered(id: string): void {
    this.#answeringBytes -= this.#answering.get(id) ?? 0;
    this.#answering.delete(id);
  }

  /** Each of text and binary data was within its bound, but both together are too much for a packet. */
  #refuse(envelope: Envelope, size: number): void {
    const error = {
      name: 'RangeError',
      message: `The value has ${size} bytes; at most ${maxPacketBytes} can be sent at once.`,
    };
    if (envelope.kind !== 'call') this.#port.postMessage(pack({ kind: 'error', id: envelope.id, ...error }).packet);
    else if (this.#asked.delete(envelope.id)) this.#passReply({ kind: 'error', id: envelope.id, ...error }, undefined);
  }

  #receive({ data, ports }: MessageEvent): void {
    try {
      if (ports.length > 0) throw new ProtocolViolation('packet', 'a transferred port');
      if (isPacket(data)) this.#count(data);
      if (this.#inbox.length >= this.#maxInFlight + this.#asked.size)
        throw new ProtocolViolation('in-flight', `more than ${this.#inbox.length} unread messages`);
    } catch (error) {
      this.#violate(error as ProtocolViolation);
      return;
    }
    this.#inbox.push(this.#read(data));
  }

  /** Reads a message in steps, and hands it on. */
  *#read(data: unknown): Job {
    try {
      const envelope = unpack(data, 3 * maxTextCharacters);
      this.#admit(envelope, packetSize(data as Packet));
      const value = envelope.kind === 'error' ? undefined : yield* this.#decoded(envelope.payload);
      if (envelope.kind === 'call') this.#passCall(envelope, value);
      else this.#passReply(envelope, value);
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) throw error;
      this.#violate(error);
    }
  }

  *#decoded(payload: Payload): Generator<undefined, unknown> {
    try {
      return yield* decodeInSteps(payload, { checkPreview, symbols: this.#symbols });
    } catch (error) {
      throw new ProtocolViolation('payload', (error as Error).message);
    }
  }

  #count(packet: Packet): void {
    const now = this.#now();
    if (!this.#messages.take(1, now)) throw new ProtocolViolation('rate', 'too many messages');
    if (!this.#bytes.take(packetSize(packet), now)) throw new ProtocolViolation('rate', 'too many bytes');
  }

  #admit(envelope: Envelope, size: number): void {
    const { id } = envelope;
    if (envelope.kind !== 'call') {
      if (!this.#asked.delete(id))
        throw new ProtocolViolation('unexpected-reply', 'a reply to a call that was not made');
      return;
    }
    if (!Object.hasOwn(this.#options.messages, envelope.method))
      throw new ProtocolViolation('method', `there is no method ${JSON.stringify(envelope.method)}`);
    if (this.#answering.has(id)) throw new ProtocolViolation('duplicate-id', 'the id of a call that has no reply yet');
    if (this.#answering.size >= this.#maxInFlight)
      throw new ProtocolViolation('in-flight', `more than ${this.#maxInFlight} calls at once`);
    const isOrdered = this.#options.ordered?.includes(envelope.method) === true;
    if (!isOrdered && this.#answeringBytes >= this.#maxBytes)
      throw new ProtocolViolation('in-flight', `a call beside others with ${this.#answeringBytes} bytes`);
    const bytes = isOrdered ? 0 : size;
    this.#answering.set(id, bytes);
    this.#answeringBytes += bytes;
  }

  #passCall({ id, method }: Envelope & { readonly kind: 'call' }, value: unknown): void {
    this.#onCall?.({ origin: '', data: { id, type: 'APPLY', path: [method], argumentList: [{ type: 'RAW', value }] } });
  }

  #passReply(envelope: Exclude<Envelope, { readonly kind: 'call' }>, value: unknown): void {
    const { id } = envelope;
    const data =
      envelope.kind === 'reply'
        ? { id, type: 'RAW', value }
        : {
            id,
            type: 'HANDLER',
            name: 'throw',
            value: { isError: false, value: { name: envelope.name, message: envelope.message } },
          };
    this.#onReply?.({ origin: '', data });
  }

  #violate(violation: ProtocolViolation): void {
    if (this.#closed !== undefined) return;
    this.#close(new PortClosedError(`${violation.reason}: ${violation.detail}`, { cause: violation }));
    this.#options.onViolation?.(violation);
  }
}

type KernelProxy = Readonly<Record<string, (payload: Payload) => Promise<unknown>>> & {
  readonly [Comlink.releaseProxy]: () => void;
};

/** The part of an error that crosses, which Comlink rejects with. */
type ErrorData = { readonly name: string; readonly message: string };

/** What the API answered a call of a method with. */
interface Answer {
  readonly method: string;
  readonly reply: unknown;
}

/** The messages of Comlink that the port sends. */
type ComlinkMessage =
  | {
      readonly type: 'APPLY';
      readonly id: string;
      readonly path: readonly [string];
      readonly argumentList: readonly [{ readonly value: Payload }];
    }
  | { readonly type: 'RAW'; readonly id: string; readonly value: Answer }
  | { readonly type: 'HANDLER'; readonly id: string; readonly value: { readonly value: ErrorData } }
  | { readonly type: 'RELEASE'; readonly id: string };

function publicError(error: unknown, method: string): ErrorData {
  return error instanceof PublicError
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: `The call of ${method} failed.` };
}
