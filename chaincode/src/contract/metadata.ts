/** What `org.hyperledger.fabric:GetMetadata` answers: every transaction with its kind and the JSON Schemas of its request and private part. */
import { z } from 'zod';
import { canonicalJson } from '../protocol/canonical.js';
import { TRANSACTIONS, type TransactionName } from '../protocol/transactions.js';

const schemaOf = (schema: z.ZodType): unknown =>
  z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });

/** Canonical JSON of the metadata. */
export function describe(): string {
  const transactions = (Object.keys(TRANSACTIONS) as TransactionName[]).map((name) => {
    const spec = TRANSACTIONS[name];
    return { name, kind: spec.kind, request: schemaOf(spec.request), private: schemaOf(spec.private) };
  });
  const contracts = ['registry', 'certificate', 'settlement'].map((contract) => ({
    name: contract,
    transactions: transactions.filter(({ name }) => name.startsWith(`${contract}:`)),
  }));
  return canonicalJson({ info: { title: 'tenor', version: '0.1.0' }, contracts });
}
