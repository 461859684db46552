/** Names of members that code of components has no use for, and whose own names stay free for its classes. */
export const $number = Symbol('number');
export const $sink = Symbol('sink');
export const $parent = Symbol('eventParent');
export const $listens = Symbol('listens');
export const $types = Symbol('listenedTypes');
export const $handler = Symbol('handler');
export const $setHandler = Symbol('setHandler');
export const $copy = Symbol('copy');
export const $describe = Symbol('describe');
export const $connected = Symbol('connected');
export const $disconnected = Symbol('disconnected');
export const $contents = Symbol('contents');
export const $property = Symbol('property');
export const $setProperty = Symbol('setProperty');
export const $received = Symbol('received');
