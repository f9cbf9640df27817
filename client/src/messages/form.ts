/**
 * How values stand in a message. A form says it once, in the order of the schema, and the message is both written and read by it. So
 * nothing is written that would not be read back as it was given.
 */
import { DocumentError } from '../documents/documentError.js';
import { readParts, type Named, type UnreadPart } from '../documents/iso20022.js';
import type { XmlElement } from '../documents/xml.js';
import { MessageError } from './messageError.js';
import { put, type Child, type Inside } from './tree.js';

/** How a value stands in one element. Amounts are given in minor units and read in major ones, so the two may differ. */
export interface Form<In, Out> {
  /** @throws MessageError */
  readonly write: (value: In, path: string) => Inside;
  /** @throws DocumentError */
  readonly read: (element: XmlElement, unread: UnreadPart[]) => Out;
}

/** `any` may be left out when it is given, and is an empty list when it is read; `derived` follows from the other fields. */
type Kind = 'needed' | 'optional' | 'any' | 'derived';

/** A field of a group: where it stands, and how often. */
export interface Field<In, Out, K extends Kind> {
  readonly kind: K;
  /** Elements on the way, for example `PmtId/UETR`. Fields that follow each other share those of the same name. */
  readonly path: string;
  /** Of a derived field, the value is the whole group. It answers undefined where nothing is written. */
  readonly write: (value: In, path: string) => readonly Inside[];
  readonly read: (parent: XmlElement, unread: UnreadPart[]) => Out | undefined;
  /** Of a derived field: refuses a group that contradicts it. */
  readonly check?: (parent: XmlElement, whole: never) => void;
}

/** The fields of an element by name, in the order of its schema. */
export type Fields = Readonly<Record<string, Field<never, unknown, Kind>>>;

type Flat<T> = { [Key in keyof T]: T[Key] };
type KeysOf<F extends Fields, K extends Kind> = { [Key in keyof F]: F[Key]['kind'] extends K ? Key : never }[keyof F];
type ValueIn<F> = F extends { write: (value: infer In, path: string) => unknown } ? In : never;
type ValueOut<F> = F extends Field<never, infer Out, Kind> ? Out : never;

/** What is given to write a group. */
export type GroupIn<F extends Fields> = Flat<
  { readonly [Key in KeysOf<F, 'needed'>]: ValueIn<F[Key]> } & {
    readonly [Key in KeysOf<F, 'optional' | 'any'>]?: ValueIn<F[Key]> | undefined;
  }
>;

/** What is read of a group. */
export type GroupOut<F extends Fields> = Flat<
  { readonly [Key in KeysOf<F, 'needed' | 'any'>]: ValueOut<F[Key]> } & {
    readonly [Key in KeysOf<F, 'optional'>]?: ValueOut<F[Key]>;
  }
>;

/** What is given to write a form. */
export type FormIn<T> = T extends { write: (value: infer In, path: string) => unknown } ? In : never;
/** What is read of a form. */
export type FormOut<T> = T extends Form<never, infer Out> ? Out : never;

/** A field that is always there. */
export const one = <In, Out>(path: string, form: Form<In, Out>): Field<In, Out, 'needed'> => ({
  kind: 'needed',
  path,
  write: (value, place) => [form.write(value, place)],
  read: (parent, unread) => form.read(parent.one(path), unread),
});

/** A field that may be left out. */
export const optional = <In, Out>(path: string, form: Form<In, Out>): Field<In, Out, 'optional'> => ({
  kind: 'optional',
  path,
  write: (value, place) => [form.write(value, place)],
  read: (parent, unread) => {
    const found = parent.optional(path);
    return found && form.read(found, unread);
  },
});

/** All elements at a path whose last step may stand more than once. */
function allAt(parent: XmlElement, path: string): readonly XmlElement[] {
  const last = path.lastIndexOf('/');
  return (last < 0 ? parent : parent.optional(path.slice(0, last)))?.all(path.slice(last + 1)) ?? [];
}

/** JSON has `null` where nothing is; a message has no element there. */
function assertNotNull(value: unknown, path: string): void {
  if (value === null)
    throw new MessageError('MESSAGE_FIELD_INVALID', {
      path,
      expected: 'a value; leave the field out where there is none',
    });
}

function writeEach<In>(values: readonly In[], form: Form<In, unknown>, path: string, least: number): Inside[] {
  if (!Array.isArray(values)) throw new MessageError('MESSAGE_FIELD_INVALID', { path, expected: 'a list' });
  if (values.length < least) throw new MessageError('MESSAGE_FIELD_MISSING', { path });
  const each: readonly In[] = values;
  return each.map((value, index) => {
    const place = each.length === 1 ? path : `${path}[${String(index + 1)}]`;
    assertNotNull(value, place);
    return form.write(value, place);
  });
}

/** A list with one element or more. */
export const some = <In, Out>(path: string, form: Form<In, Out>): Field<readonly In[], readonly Out[], 'needed'> => ({
  kind: 'needed',
  path,
  write: (values, place) => writeEach(values, form, place, 1),
  read: (parent, unread) => {
    const found = allAt(parent, path);
    if (found.length === 0) throw new DocumentError('DOCUMENT_FIELD_MISSING', { path: `${parent.path}/${path}` });
    return found.map((element) => form.read(element, unread));
  },
});

/** A list that may be empty. */
export const any = <In, Out>(path: string, form: Form<In, Out>): Field<readonly In[], readonly Out[], 'any'> => ({
  kind: 'any',
  path,
  write: (values, place) => writeEach(values, form, place, 0),
  read: (parent, unread) => allAt(parent, path).map((element) => form.read(element, unread)),
});

/** A list of which each element is read by itself. One that cannot be read is listed, and takes nothing from the others. */
export const parts = <In, Out>(path: string, named: Named, form: Form<In, Out>): ReturnType<typeof any<In, Out>> => ({
  ...any(path, form),
  read: (parent, unread) => {
    const found = readParts(allAt(parent, path), named, (element) => form.read(element, unread));
    unread.push(...found.unread);
    return found.read;
  },
});

function assertKnown(value: object, fields: Fields, path: string): void {
  const isField = (key: string): boolean => Object.hasOwn(fields, key) && fields[key]?.kind !== 'derived';
  const unknown = Object.keys(value).find((key) => !isField(key));
  if (unknown === undefined) return;
  const expected = Object.keys(fields).filter(isField).join(', ');
  throw new MessageError('MESSAGE_FIELD_UNKNOWN', { path, expected: `no other fields than ${expected}` });
}

/** What a field writes of the value that it was given. */
function writeField(field: Fields[string], value: unknown, path: string): readonly Inside[] {
  const place = `${path}/${field.path}`;
  assertNotNull(value, place);
  if (value !== undefined) return field.write(value as never, place);
  if (field.kind === 'needed') throw new MessageError('MESSAGE_FIELD_MISSING', { path: place });
  return [];
}

/** What all fields write. What follows from others comes after them, so that their mistakes are told first. */
function writeFields(fields: Fields, value: object, path: string): ReadonlyMap<string, readonly Inside[]> {
  const given: Readonly<Record<string, unknown>> = { ...value };
  const written = new Map<string, readonly Inside[]>();
  for (const isDerived of [false, true]) {
    for (const [key, field] of Object.entries(fields)) {
      if ((field.kind === 'derived') === isDerived)
        written.set(key, writeField(field, isDerived ? value : given[key], path));
    }
  }
  return written;
}

/** An element with elements inside. One that would be empty is refused. */
export function group<F extends Fields>(fields: F): Form<GroupIn<F>, GroupOut<F>> {
  const entries = Object.entries(fields);
  return {
    write: (value, path) => {
      if (Object(value) !== value) throw new MessageError('MESSAGE_FIELD_INVALID', { path, expected: 'an object' });
      assertKnown(value, fields, path);
      const written = writeFields(fields, value, path);
      const [children, open] = [[] as Child[], new Set<Child>()];
      for (const [key, field] of entries)
        for (const inside of written.get(key) ?? []) put(children, open, field.path, inside);
      if (children.length === 0) throw new MessageError('MESSAGE_FIELD_MISSING', { path });
      return children;
    },
    read: (element, unread) => {
      const read = entries.map(([key, field]) => [key, field.read(element, unread)] as const);
      const whole = Object.fromEntries(read.filter(([, value]) => value !== undefined)) as GroupOut<F>;
      for (const [, field] of entries) field.check?.(element, whole as never);
      return whole;
    },
  };
}

type Exactly<F extends Fields> = {
  [Key in keyof F]: { readonly [Given in Key]: ValueIn<F[Given]> } & {
    readonly [Other in Exclude<keyof F, Key>]?: undefined;
  };
}[keyof F];

/** An element with exactly one of several inside. */
export function choice<F extends Readonly<Record<string, Field<never, unknown, 'optional'>>>>(
  fields: F,
): Form<Flat<Exactly<F>>, GroupOut<F>> {
  const form = group(fields);
  const expected = `one of ${Object.values(fields)
    .map((field) => field.path)
    .join(', ')}`;
  const isOne = (value: object): boolean => Object.values(value).filter((each) => each !== undefined).length === 1;
  return {
    write: (value, path) => {
      if (typeof value === 'object' && !isOne(value))
        throw new MessageError('MESSAGE_FIELD_INVALID', { path, expected });
      return form.write(value, path);
    },
    read: (element, unread) => {
      const found = form.read(element, unread);
      if (!isOne(found)) throw new DocumentError('DOCUMENT_FIELD_INVALID', { path: element.path, expected });
      return found;
    },
  };
}
