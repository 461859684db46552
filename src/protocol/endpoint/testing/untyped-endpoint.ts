import type { Method } from '../../methods.js';
import { type HostEndpoint, type HostEndpointOptions, openHostEndpoint } from '../host-endpoint.js';
import type { WorkerEndpoint, WorkerEndpointOptions } from '../worker-endpoint.js';

/** Methods of any name that take and give anything. */
export type AnyMethods = Readonly<Record<string, Method<unknown, unknown>>>;
export type AnyHostOptions = HostEndpointOptions<AnyMethods, AnyMethods>;
export type AnyHostEndpoint = HostEndpoint<AnyMethods>;
export type AnyWorkerOptions = WorkerEndpointOptions<AnyMethods, AnyMethods>;
export type AnyWorkerEndpoint = WorkerEndpoint<AnyMethods>;

const identity = (value: unknown): unknown => value;

/** A host endpoint that takes every message and reply as it comes. */
export function openUncheckedHost(
  port: MessagePort,
  { api, ...options }: Pick<AnyHostOptions, 'api'> & Partial<AnyHostOptions>,
): AnyHostEndpoint {
  return openHostEndpoint<AnyMethods, AnyMethods>(port, {
    api,
    messages: Object.fromEntries(Object.keys(api).map((method) => [method, identity])),
    replies: new Proxy({}, { get: () => identity }),
    ...options,
  });
}
