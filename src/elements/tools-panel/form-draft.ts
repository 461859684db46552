import type { Field } from './form-field.js';

/** What the reader has entered: a text for each field, a list for each list, an object for each object. */
export type Draft = string | readonly Draft[] | { readonly [name: string]: Draft };

/** Where a value is in the whole. */
export type FieldPath = readonly PropertyKey[];

/** What is wrong with a field, before any schema is asked. */
type DraftProblem = 'number' | 'integer' | 'date' | 'json' | 'choice';

interface DraftIssue {
  readonly path: FieldPath;
  readonly problem: DraftProblem;
}

/** The draft of a value, or of the field's default. */
export function draftOf(field: Field, value: unknown = field.initial): Draft {
  switch (field.kind) {
    case 'object': {
      const members = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        field.fields.map((member) => [
          member.name,
          draftOf(member, Object.hasOwn(members, member.name) ? members[member.name] : undefined),
        ]),
      );
    }
    case 'list':
      return Array.isArray(value) ? value.map((item) => draftOf(field.item, item)) : [];
    case 'choice': {
      const at = value === undefined ? -1 : field.options.indexOf(value);
      return at < 0 ? (field.options.length === 1 && field.isRequired ? '0' : '') : String(at);
    }
    case 'json':
      return value === undefined ? '' : JSON.stringify(value, null, 2);
    case 'boolean':
      return value === undefined ? (field.isRequired && !field.isNullable ? 'false' : '') : String(value);
    case 'time':
      return typeof value === 'string' ? localTime(value) : '';
    default:
      return value === undefined || value === null ? '' : String(value);
  }
}

/** Puts another draft at a path. */
export function withDraft(draft: Draft, [first, ...rest]: FieldPath, part: Draft): Draft {
  if (first === undefined) return part;
  if (Array.isArray(draft)) return draft.map((item: Draft, at) => (at === first ? withDraft(item, rest, part) : item));
  const members = draft as Readonly<Record<string, Draft>>;
  return { ...members, [first as string]: withDraft(members[first as string]!, rest, part) };
}

export interface DraftReading {
  /** `undefined` where nothing was entered. */
  readonly value: unknown;
  readonly issues: readonly DraftIssue[];
}

/** The value that a draft stands for, as far as it can be read. An optional field without a text is left out. */
export function readDraft(field: Field, draft: Draft, path: FieldPath = []): DraftReading {
  if (field.kind === 'object') return readObject(field, draft as Readonly<Record<string, Draft>>, path);
  if (field.kind === 'list') {
    const items = (draft as readonly Draft[]).map((item, at) => readDraft(field.item, item, [...path, at]));
    const value = items.length === 0 && !field.isRequired ? undefined : items.map((item) => item.value);
    return { value, issues: items.flatMap(({ issues }) => issues) };
  }
  const text = draft as string;
  const failed = (problem: DraftProblem): DraftReading => ({ value: undefined, issues: [{ path, problem }] });
  const read = (value: unknown): DraftReading => ({ value, issues: [] });
  if (text.trim() === '' && !(field.kind === 'text' && (text !== '' || (field.isRequired && !field.isNullable)))) {
    if (!field.isRequired) return read(undefined);
    if (field.isNullable) return read(null);
    return failed(
      field.kind === 'boolean'
        ? 'choice'
        : field.kind === 'time'
          ? 'date'
          : field.kind === 'number'
            ? 'number'
            : (field.kind as DraftProblem),
    );
  }
  switch (field.kind) {
    case 'text':
    case 'date':
      return read(text);
    case 'time': {
      const time = new Date(text);
      return Number.isNaN(time.getTime()) ? failed('date') : read(time.toISOString());
    }
    case 'boolean':
      return read(text === 'true');
    case 'choice':
      return read(field.options[Number(text)]);
    case 'number': {
      const number = Number(text);
      if (!Number.isFinite(number)) return failed('number');
      return field.isInteger && !Number.isInteger(number) ? failed('integer') : read(number);
    }
    case 'json':
      try {
        return read(JSON.parse(text));
      } catch {
        return failed('json');
      }
  }
}

function readObject(
  field: Field & { readonly kind: 'object' },
  draft: Readonly<Record<string, Draft>>,
  path: FieldPath,
): DraftReading {
  // An optional object is there if anything of it was entered.
  if (!field.isRequired && JSON.stringify(draft) === JSON.stringify(draftOf(field))) {
    return { value: field.initial, issues: [] };
  }
  const issues: DraftIssue[] = [];
  const entries = field.fields.flatMap((member) => {
    const reading = readDraft(member, draft[member.name]!, [...path, member.name]);
    issues.push(...reading.issues);
    return reading.value === undefined ? [] : [[member.name, reading.value] as const];
  });
  return { value: Object.fromEntries(entries), issues };
}

/** As `<input type="datetime-local">` has it. */
function localTime(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return '';
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
