/** The answer of `org.hyperledger.fabric:GetMetadata`: every transaction with its kind and the JSON Schemas of request and private part. */
import { z } from 'zod';
import { commands, type CommandDefinition, type QueryDefinition } from '../protocol/commands/index.js';

const schemaOf = (schema: z.ZodType): object =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });

/** A transaction as the contract API describes it: one argument, the request as JSON text. */
function transactionOf(name: string, definition: CommandDefinition | QueryDefinition): object {
  const tags = definition.kind === 'submit' ? ['submit', 'SUBMIT'] : ['evaluate', 'EVALUATE'];
  const parameters = [{ name: 'request', description: definition.summary, schema: { type: 'string' } }];
  const transient = { private: schemaOf(definition.private) };
  return { name, tags, parameters, request: schemaOf(definition.request), transient };
}

/** Metadata of the contract API, by contract. */
export function describe(): { info: object; contracts: Record<string, object>; components: object } {
  const contracts = Object.entries(commands).map(
    ([noun, verbs]: [string, Readonly<Record<string, CommandDefinition | QueryDefinition>>]) => {
      const transactions = Object.entries(verbs).map(([verb, definition]) => transactionOf(verb, definition));
      return [noun, { name: noun, info: { title: noun, version: '1' }, transactions }];
    },
  );
  return {
    info: { title: 'tenor', version: '0.1.0' },
    contracts: Object.fromEntries(contracts) as Record<string, object>,
    components: { schemas: {} },
  };
}
