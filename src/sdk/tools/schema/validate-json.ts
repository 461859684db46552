import { Validator, type Schema as CfSchema } from '@cfworker/json-schema';
import type { JsonSchema, Validation } from './json-schema.js';
import type { ValueIssue } from '../tool-errors.js';

type Draft = '4' | '7' | '2019-09' | '2020-12';

const validators = new WeakMap<object, Validator>();

/** Checks a value against JSON Schema by interpreting the schema: no code is generated, so it works under any CSP. */
export function validateJson(schema: JsonSchema, value: unknown): Validation {
  if (typeof schema === 'boolean') {
    return schema ? { value } : { issues: [{ path: [], message: 'No value fits the schema `false`.' }] };
  }
  const issues: ValueIssue[] = [];
  const json = jsonView(value, [], [], issues);
  if (issues.length > 0) return { issues };
  const { valid, errors } = validatorOf(schema).validate(json);
  if (valid) return { value };
  // An object that fails lists its properties' failures and itself around them; the innermost tell the reader most.
  const innermost = errors.filter(
    ({ instanceLocation, keyword }) =>
      !isWrapper(keyword) || !errors.some((other) => other.instanceLocation.startsWith(`${instanceLocation}/`)),
  );
  for (const { instanceLocation, error } of innermost) {
    const path = pathOf(instanceLocation);
    if (!issues.some((issue) => issue.message === error && issue.path.join('/') === path.join('/'))) {
      issues.push({ path, message: error });
    }
  }
  return { issues };
}

/** The value as JSON has it: without properties that are `undefined`. A value that JSON can't express becomes an issue. */
function jsonView(
  value: unknown,
  path: readonly PropertyKey[],
  ancestors: readonly object[],
  issues: ValueIssue[],
): unknown {
  if (typeof value === 'object' && value !== null) {
    if (ancestors.includes(value)) return refuse('A circular value');
    const within = [...ancestors, value];
    if (Array.isArray(value)) return [...value].map((item, index) => jsonView(item, [...path, index], within, issues));
    if (!isPlainObject(value)) return value;
    const present = Object.entries(value).filter(([, property]) => property !== undefined);
    return Object.fromEntries(
      present.map(([key, property]) => [key, jsonView(property, [...path, key], within, issues)]),
    );
  }
  return ['undefined', 'bigint', 'function', 'symbol'].includes(typeof value) ? refuse(typeof value) : value;

  function refuse(what: string): undefined {
    issues.push({ path, message: what === 'undefined' ? 'A value is required.' : `${what} is not JSON.` });
    return undefined;
  }
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function validatorOf(schema: object): Validator {
  let validator = validators.get(schema);
  if (validator === undefined) {
    // The validator writes into the schema that it is given.
    validator = new Validator(structuredClone(schema) as CfSchema, draftOf(schema), false);
    validators.set(schema, validator);
  }
  return validator;
}

function draftOf(schema: { readonly $schema?: unknown }): Draft {
  const draft = /draft-0?(4|7)\b|(2019-09|2020-12)/.exec(String(schema.$schema ?? ''));
  return (draft?.[1] ?? draft?.[2] ?? '2020-12') as Draft;
}

function isWrapper(keyword: string): boolean {
  return /^(properties|patternProperties|additionalProperties|items|prefixItems|additionalItems|\$ref|allOf|anyOf|oneOf)$/.test(
    keyword,
  );
}

/** `#/list/0/a~1b` to `['list', 0, 'a/b']` (RFC 6901, as a URI fragment). */
function pathOf(location: string): PropertyKey[] {
  return location
    .split('/')
    .slice(1)
    .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((segment) => (/^(0|[1-9]\d*)$/.test(segment) ? Number(segment) : segment));
}
