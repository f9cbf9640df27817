/** Records that nobody agreed to, complete and well formed, as a changed chaincode would write them; and transactions taken apart and put together anew. */
import { createHash, createPrivateKey, randomBytes } from 'node:crypto';
import { newId, newP256Signer, type BookRecord, type Connection } from '@tenor/client';
import { common, gateway as protos, msp, peer } from '@hyperledger/fabric-protos';
import { DUE, LEI, type World } from './world.js';

const salt = (): string => randomBytes(32).toString('hex');

/** Terms that look like the suites' real ones, under an id that names the organisations in them. */
export function forgedTerms(world: World, changes: Partial<BookRecord<'terms'>> = {}): BookRecord<'terms'> {
  const { issuerMsp = world.people('issuer').mspId, bankMsp = world.people('bank').mspId } = changes;
  return {
    ...{
      schema: 'tenor.terms/1',
      id: newId(bankMsp, issuerMsp),
      issuer: LEI.issuer,
      issuerMsp,
      bank: LEI.bank,
      bankMsp,
      currency: 'USD',
    },
    ...{
      dueDate: DUE,
      paymentDate: DUE,
      mode: 'GUARANTEED',
      policyVersion: 1,
      maxTier: 3,
      maxChildren: 50,
      salt: salt(),
    },
    ...changes,
  };
}

/** A face to terms, payable to the supplier. */
export function forgedFace(world: World, terms: BookRecord<'terms'>, amount: string): BookRecord<'face'> {
  const { id, issuer, issuerMsp, bank, bankMsp, currency, dueDate } = terms;
  return {
    ...{ schema: 'tenor.face/1', id, issuer, issuerMsp, bank, bankMsp, currency, dueDate, amount },
    ...{
      payee: LEI.supplier,
      payeeMsp: world.people('supplier').mspId,
      deliveredOn: '2026-11-20',
      claims: [],
      salt: salt(),
    },
  };
}

/** Terms as slices name them. */
export interface Under {
  readonly certificateId: string;
  readonly termsHash: string;
}

/** Terms by the bytes that are written and shown. */
export const under = (certificateId: string, bytes: string): Under => ({
  certificateId,
  termsHash: createHash('sha256').update(bytes).digest('hex'),
});

/** Forged terms. */
export const underForged = (terms: BookRecord<'terms'>): Under => under(terms.id, JSON.stringify(terms));

/** A free slice of the supplier under given terms. */
export function forgedSlice(
  world: World,
  terms: Under,
  amount: string,
  changes: Partial<BookRecord<'slice'>> = {},
): BookRecord<'slice'> {
  return {
    ...{
      schema: 'tenor.slice/1',
      id: world.newId('bank', 'supplier'),
      ...terms,
      parentId: null,
      currency: 'USD',
      amount,
      tier: 0,
    },
    ...{
      holder: LEI.supplier,
      holderMsp: world.people('supplier').mspId,
      state: 'FREE',
      lock: null,
      children: [],
      salt: salt(),
    },
    ...changes,
  };
}

/** Bytes of a prepared transaction whose endorsements are replaced by one of the given user, signed anew by its submitter. */
export async function endorsedBy(
  prepared: Uint8Array,
  { mspId, certificate, privateKey }: Connection,
): Promise<Uint8Array> {
  const identity = new msp.SerializedIdentity();
  identity.setMspid(mspId);
  identity.setIdBytes(Buffer.from(certificate));
  const endorser = identity.serializeBinary();
  const sign = newP256Signer(createPrivateKey(privateKey ?? ''));
  return rebuilt(prepared, async (endorsed) => {
    const endorsement = new peer.Endorsement();
    endorsement.setEndorser(endorser);
    endorsement.setSignature(await sign(Buffer.concat([endorsed.getProposalResponsePayload_asU8(), endorser])));
    endorsed.setEndorsementsList([endorsement]);
  });
}

/** Bytes of a prepared transaction that keeps its endorsements but carries the results of another one. */
export function withResultsOf(prepared: Uint8Array, other: Uint8Array): Promise<Uint8Array> {
  const results = openPrepared(other).endorsed.getProposalResponsePayload_asU8();
  return rebuilt(prepared, (endorsed) => {
    endorsed.setProposalResponsePayload(results);
  });
}

interface Opened {
  readonly envelope: common.Envelope;
  readonly payload: common.Payload;
  readonly transaction: peer.Transaction;
  readonly action: peer.TransactionAction;
  readonly body: peer.ChaincodeActionPayload;
  readonly endorsed: peer.ChaincodeEndorsedAction;
}

function openPrepared(prepared: Uint8Array): Opened {
  const envelope = protos.PreparedTransaction.deserializeBinary(prepared).getEnvelope();
  if (envelope === undefined) throw new Error('no envelope');
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const [action] = transaction.getActionsList();
  if (action === undefined) throw new Error('no action');
  const body = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const endorsed = body.getAction();
  if (endorsed === undefined) throw new Error('nothing endorsed');
  return { envelope, payload, transaction, action, body, endorsed };
}

async function rebuilt(
  prepared: Uint8Array,
  change: (endorsed: peer.ChaincodeEndorsedAction) => Promise<void> | void,
): Promise<Uint8Array> {
  const { envelope, payload, transaction, action, body, endorsed } = openPrepared(prepared);
  await change(endorsed);
  body.setAction(endorsed);
  action.setPayload(body.serializeBinary());
  transaction.setActionsList([action]);
  payload.setData(transaction.serializeBinary());
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(''); // the SDK signs what carries no signature
  const whole = protos.PreparedTransaction.deserializeBinary(prepared);
  whole.setEnvelope(envelope);
  return whole.serializeBinary();
}
