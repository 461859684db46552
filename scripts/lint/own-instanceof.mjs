import path from 'node:path';

/** @import { Rule } from './import-direction.mjs' */

const reader =
  /^(?:workers|src\/(?:context|compiler)|src\/protocol\/(?:codec|previews|intrinsics|endpoint\/worker-endpoint))\b/;
const test = /\.test\.ts$|\/testing\//;

/** Classes of the kernel, which only an object of its own is asked for: why that is so. */
const own = {
  AnyPromise: 'no promise that code can reach is made by it, and so code can give it no method',
  CheckpointFormatError: 'thrown while a checkpoint is read, before any of it is made',
  CodecError: 'thrown by the reading of a payload',
  NestingError: 'thrown by the compiler',
  ParserFailure: 'thrown by the parser',
  RangeError: 'thrown while code is compiled, with the built-ins of the platform in place',
  ErrorEvent: 'an event of the page around the worker, where no code of a reader runs',
  NotKept: 'thrown and given by the walk over values, which runs none of their code',
  NotSendableError: 'thrown by the writing of a payload, which runs no code of what it writes',
};

/**
 * Whether a file may ask for `instanceof` of a class.
 *
 * @param {string} file  Relative to the project.
 * @param {string | undefined} name  Of the class; `undefined` where it has none.
 */
export const allowsInstanceof = (file, name) =>
  !reader.test(file) || test.test(file) || (name !== undefined && Object.hasOwn(own, name));

/**
 * `instanceof` runs traps of a proxy, and `Symbol.hasInstance` of a class that code can change. What handles values of a
 * reader tells them by their brand.
 *
 * @type {Rule}
 */
export const ownInstanceof = {
  create(context) {
    const file = path.relative(context.cwd, context.filename).replaceAll(path.sep, '/');
    return {
      BinaryExpression(node) {
        const { operator, right } = node;
        if (operator !== 'instanceof') return;
        if (allowsInstanceof(file, right.type === 'Identifier' ? right.name : undefined)) return;
        const message =
          'instanceof can run code of the reader. Use brandOf, a private name with `in`, or declare the class in scripts/lint/own-instanceof.mjs.';
        context.report({ node, message });
      },
    };
  },
};
