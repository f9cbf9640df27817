/** The baselines: a call that does nothing, one public put, a plain asset, and a submit with the gateway SDK's own signer. */
import { newReference } from '@tenor/client';
import type { Contract } from '@hyperledger/fabric-gateway';
import type { Ready } from './calls.js';
import type { Subject } from './measure.js';
import type { Cast } from './people.js';
import { noOps } from './rawWrites.js';

/** Name of the series that depend on no command. */
export const BASELINE = 'baseline';

/** Calls of a baseline, by what is sent. All three organisations endorse, as a public write asks of them. */
export type Baselines = Readonly<Partial<Record<Subject, (count: number) => Ready[]>>>;

/** The record of the samples' asset-transfer-basic: about as long, with keys in order. */
export const assetOf = (ID: string): string =>
  JSON.stringify({ AppraisedValue: 700, Color: 'blue', ID, Owner: 'Tomoko', Size: 5, docType: 'asset' });

/** Text in base64, as the raw chaincode takes values. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Baselines as the bank's checker sends them. */
export function baselinesOf({ bank, issuer, supplier }: Cast): Baselines {
  const endorsers = [bank.mspId, issuer.mspId, supplier.mspId];
  const { raw, stock } = bank.checker;
  const ready = (contract: Contract, operations: (id: string) => readonly object[], count: number): Ready[] =>
    Array.from({ length: count }, () => {
      const argument = JSON.stringify(operations(newReference()));
      return { contract, endorsers, name: 'raw', argument, transient: {} };
    });
  const put = (key: string): object[] => [{ op: 'put', key, value: base64('1') }];
  // As the samples' CreateAsset: an existence check, then the put.
  const asset = (key: string): object[] => [
    { op: 'get', key },
    { op: 'put', key, value: base64(assetOf(key)) },
  ];
  return {
    noOp: (count) => noOps(raw, endorsers, count),
    put: (count) => ready(raw, put, count),
    asset: (count) => ready(raw, asset, count),
    stock: (count) => ready(stock.raw, put, count),
  };
}
