/** A program of somebody else, for the compiler: the packed types resolve, and they are strict. */
import { Client, credentials } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';
import {
  connect,
  fromEnvironment,
  newFileJournal,
  TenorError,
  type ErrorCode,
  type Receipt,
  type Slice,
  type Tenor,
  type View,
} from '@tenor/client';

const tenor: Tenor = connect({ connection: fromEnvironment(), journal: newFileJournal('journal') });

/** A client on a gRPC channel of one's own: the types of Fabric's packages are the library's. */
export const shared = (address: string): Tenor =>
  connect({ connection: fromEnvironment(), grpcClient: new Client(address, credentials.createInsecure()) });

/** What the gateway said below a refusal. */
export const causeOf = (error: TenorError): string | undefined =>
  error.cause instanceof GatewayError ? error.cause.details[0]?.message : undefined;

/** Splits a slice in two. */
export async function halve(sliceId: string): Promise<readonly [Receipt, View<'slice'>]> {
  const { record, register } = await tenor.book.slice.get(sliceId);
  const slice: Slice = record;
  const half = BigInt(slice.amount) / 2n;
  const amounts = [half.toString(), (BigInt(slice.amount) - half).toString()];
  const partIds = [tenor.newId(register), tenor.newId(register)];
  const receipt = await tenor.slice.split({ sliceId, partIds, amounts });
  return [receipt, await tenor.book.slice.get(sliceId)];
}

/** The code of a refusal. */
export const codeOf = (error: unknown): ErrorCode | undefined => (error instanceof TenorError ? error.code : undefined);

/** Names of what happened. */
export async function* happened(): AsyncGenerator<string> {
  for await (const { name, blockNumber } of tenor.events()) yield `${name} in ${blockNumber.toString()}`;
}

export const wrong = [
  // @ts-expect-error an amount is text, never a number
  (): unknown => tenor.slice.split({ sliceId: '', partIds: [], amounts: [1] }),
  // @ts-expect-error no transaction takes a field that it does not name
  (): unknown => tenor.certificate.offer({ certificateId: '', expiresOn: '', amount: '1' }),
  // @ts-expect-error there is no such record
  (): unknown => tenor.registry.get('ledger'),
  // @ts-expect-error there is no such code
  (error: TenorError): boolean => error.code === 'SOMETHING_ELSE',
];
