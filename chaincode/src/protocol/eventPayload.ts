/**
 * Checks the payload of an event. Anyone with changed chaincode can emit any payload under any name. So a payload counts only if it
 * names the transaction to which the event's name belongs, and has ids in exactly the fields of that transaction's request.
 */
import { z } from 'zod';
import { DEFINITIONS, EVENTS, type CommandName, type EventName, type EventPayload } from './commands/index.js';
import { LIMITS } from './limits.js';

type Fields = Record<string, z.ZodType>;

const isText = (schema: unknown): boolean =>
  schema instanceof z.ZodOptional
    ? isText(schema.unwrap())
    : schema instanceof z.ZodString || schema instanceof z.ZodEnum;

/** The ids inside items, in one list for each field, as the chaincode puts them into an event. */
const liftedFields = (item: unknown): Fields =>
  item instanceof z.ZodObject
    ? Object.fromEntries(
        Object.entries(item.shape).map(([name, id]) => [`${name}s`, z.array(id).min(1).max(LIMITS.bulkItems)]),
      )
    : {};

const isIds = (schema: unknown): boolean =>
  schema instanceof z.ZodOptional ? isIds(schema.unwrap()) : schema instanceof z.ZodArray && isText(schema.element);

/** A field of a request as it is in the event: texts and lists of texts unchanged, items as lists of their ids, anything else left out. */
function fieldsOf(field: string, schema: z.ZodType): Fields {
  if (isText(schema) || isIds(schema)) return { [field]: schema };
  return schema instanceof z.ZodArray && field === 'items' ? liftedFields(schema.element) : {};
}

function schemaOf(transaction: CommandName): z.ZodType<EventPayload> {
  const shape: Fields = DEFINITIONS[transaction].request.shape;
  const fields = Object.entries(shape).map(([field, schema]) => fieldsOf(field, schema));
  const ids = z.strictObject(Object.assign({}, ...fields) as Fields);
  const { items } = shape;
  const lifted = items instanceof z.ZodArray ? Object.keys(liftedFields(items.element)) : [];
  const inStep = (value: Readonly<Record<string, unknown>>): boolean =>
    new Set(lifted.map((field) => (value[field] as readonly string[]).length)).size <= 1;
  return z.strictObject({ transaction: z.literal(transaction), ids: ids.refine(inStep) }) as z.ZodType<EventPayload>;
}

const SCHEMAS: ReadonlyMap<string, z.ZodType<EventPayload>> = new Map(
  Object.entries(EVENTS).map(([transaction, name]) => [name, schemaOf(transaction as CommandName)]),
);

/** Whether this release has an event of that name. */
export const isEventName = (name: string): name is EventName => SCHEMAS.has(name);

/** The payload of an event, or undefined if the text is not the payload of an event of that name. */
export function parseEventPayload(name: EventName, text: string): EventPayload | undefined {
  const parsed = SCHEMAS.get(name)?.safeParse(parseJson(text));
  return parsed?.success === true ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // no schema takes undefined
  }
}
