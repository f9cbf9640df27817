/** Cases of envelopes that nobody would assemble: endorsements, payloads and read-write sets that were tampered with. */
import { createHash } from 'node:crypto';
import { common, ledger, peer } from '@hyperledger/fabric-protos';
import { codeName, Retry, signed, type Context } from '../support/context.js';
import { OpenEnvelope } from '../support/envelope.js';
import { signedEnvelope } from '../support/messages.js';
import { BATCH } from '../support/net.js';
import type { Case } from '../support/suite.js';
import { put } from './blocks.js';

/** A transaction whose envelope was changed after it was endorsed, and endorsed and signed again. */
const forged = (
  id: string,
  name: string,
  change: (open: OpenEnvelope, t: Context) => void,
  options: { readonly endorse?: boolean; readonly seal?: (open: OpenEnvelope) => Uint8Array } = {},
): Case => ({
  id,
  name,
  // Fabric's validation can come to a halt for ever when malformed transactions share a block with others.
  alone: true,
  run: async (t) => {
    const prepared = await t.endorsed({ chaincode: 'any', steps: [put(t.key('k'))] });
    const open = new OpenEnvelope(prepared.envelope);
    change(open, t);
    if (options.endorse !== false) open.endorseBy(t.net.peers.Org1);
    const payload = (options.seal ?? ((each) => each.seal()))(open);
    const envelope = signedEnvelope(payload, prepared.creator.sign(payload));
    return t.commit({ ...prepared, txId: open.channelHeader.getTxId(), envelope });
  },
});

/** A transaction of which a part is no message, seen by who asks for filtered blocks around it. */
const filteredAround = (id: string, name: string, seal: (open: OpenEnvelope) => Uint8Array): Case => ({
  id,
  name,
  alone: true,
  run: async (t) => {
    const prepared = await t.endorsed({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('k'))] });
    const payload = seal(new OpenEnvelope(prepared.envelope));
    const envelope = signedEnvelope(payload, prepared.creator.sign(payload));
    const before = await t.height();
    await t.order({ ...prepared, envelope });
    await t.sleep(BATCH.timeoutMs + 200);
    const after = await t.prepare({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('l'))] });
    const code = await t.commit(after);
    const stop = (await t.status(after.txId)).block;
    if (stop !== before + 1) throw new Retry('not in blocks of their own');
    const { responses, error } = await t.deliver('deliverFiltered', {
      start: before,
      stop,
      wanted: 3,
      pastStatus: true,
    });
    const parts = responses.map((each) => {
      const block = each.getFilteredBlock();
      return block === undefined
        ? each.getStatus()
        : { block: block.getNumber() - before, codes: block.getFilteredTransactionsList().map(lineOf) };
    });
    return { code, parts, error };
  },
});

const lineOf = (each: peer.FilteredTransaction): object => ({
  type: each.getType(),
  code: codeName(each.getTxValidationCode()),
  txId: each.getTxid(),
  actions: each.getTransactionActions()?.getChaincodeActionsList().length,
});

const JUNK = Buffer.from([0xff, 0xff]);

export const FORGERY: readonly Case[] = [
  {
    id: 'v-endorsement-forged',
    name: 'A bad endorsement beside enough good ones does no harm',
    run: async (t) => {
      const prepared = await t.endorsed({
        chaincode: 'any',
        targets: ['Org1MSP', 'Org2MSP'],
        steps: [put(t.key('k'))],
      });
      const open = new OpenEnvelope(prepared.envelope);
      open.action.getEndorsementsList()[0]?.setSignature(Buffer.from('no signature'));
      const payload = open.seal();
      return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
    },
  },
  {
    id: 'v-endorsement-bad',
    name: 'A bad endorsement is none',
    run: async (t) => {
      const prepared = await t.endorsed({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('k'))] });
      const open = new OpenEnvelope(prepared.envelope);
      open.action.getEndorsementsList()[0]?.setSignature(t.net.peers.Org2.sign(Buffer.from('other')));
      const payload = open.seal();
      return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
    },
  },
  {
    id: 'v-endorsement-twice',
    name: 'One endorser counts once',
    run: async (t) => {
      const prepared = await t.endorsed({ targets: ['Org1MSP'], steps: [put(t.key('k'))] });
      const open = new OpenEnvelope(prepared.envelope);
      open.endorseBy(t.net.peers.Org1, t.net.peers.Org1, t.net.peers.Org1);
      const payload = open.seal();
      return t.commit({ ...prepared, envelope: signedEnvelope(payload, prepared.creator.sign(payload)) });
    },
  },
  forged('97', 'A transaction with another proposal hash is no endorser transaction', (open) => {
    open.response.setProposalHash(Buffer.alloc(32));
  }),
  forged('97-input', 'A transaction with other arguments is no endorser transaction', (open) => {
    open.actionPayload.setChaincodeProposalPayload(Buffer.alloc(0));
  }),
  forged(
    'v-unendorsed',
    'A transaction without endorsements fails its policy',
    (open) => {
      open.action.setEndorsementsList([]);
    },
    { endorse: false },
  ),
  forged(
    'v-changed',
    'A response that was changed after its endorsement fails its policy',
    (open) => {
      open.chaincodeAction.getResponse()?.setMessage('changed');
    },
    { endorse: false },
  ),
  forged('v-results', 'Results that are none', (open) => {
    open.rawResults = Buffer.from('no results');
  }),
  forged('v-extension', 'A response payload that is none', (open) => {
    open.rawResponse = Buffer.from([0xff, 0xff]);
  }),
  forged('v-action', 'A chaincode action that is none', (open) => {
    open.rawAction = Buffer.from([0xff, 0xff]);
  }),
  forged('v-header-extension', 'A header extension that is none, in a proposal with the right hash', (open) => {
    open.channelHeader.setExtension$(Buffer.from([0xff, 0xff]));
    open.rehash();
  }),
  forged('v-extension-no-id', 'A header extension without chaincode id', (open) => {
    open.channelHeader.setExtension$(new peer.ChaincodeHeaderExtension().serializeBinary());
    open.rehash();
  }),
  forged('v-extension-no-name', 'A chaincode id without name', (open) => {
    const extension = new peer.ChaincodeHeaderExtension();
    extension.setChaincodeId(new peer.ChaincodeID());
    open.channelHeader.setExtension$(extension.serializeBinary());
    open.chaincodeAction.getChaincodeId()?.setName('');
    open.rehash();
  }),
  forged('v-action-nonce', 'An action whose own header has no nonce', (open) => {
    const header = new common.SignatureHeader();
    header.setCreator(open.signatureHeader.getCreator_asU8());
    open.transaction.getActionsList()[0]?.setHeader(header.serializeBinary());
    open.rehash();
  }),
  forged('v-action-other-nonce', 'An action whose own header has another nonce', (open) => {
    const header = new common.SignatureHeader();
    header.setCreator(open.signatureHeader.getCreator_asU8());
    header.setNonce(Buffer.alloc(24, 1));
    open.transaction.getActionsList()[0]?.setHeader(header.serializeBinary());
    open.rehash();
  }),
  forged('v-data', 'A transaction that is none', () => undefined, {
    seal: (open) => {
      open.seal();
      open.payload.setData(Buffer.from([0xff, 0xff]));
      return open.payload.serializeBinary();
    },
  }),
  forged('v-action-creator', 'An action whose own header has no creator', (open) => {
    const header = new common.SignatureHeader();
    header.setNonce(open.signatureHeader.getNonce_asU8());
    open.transaction.getActionsList()[0]?.setHeader(header.serializeBinary());
    open.rehash();
  }),
  forged('v-event-garbage', 'An event that is none', (open) => {
    open.chaincodeAction.setEvents(Buffer.from([0xff, 0xff]));
  }),
  forged('v-nonce', 'A transaction whose header has no nonce', (open) => {
    open.signatureHeader.setNonce(Buffer.alloc(0));
    open.channelHeader.setTxId(createHash('sha256').update(open.signatureHeader.getCreator_asU8()).digest('hex'));
    open.rehash();
  }),
  {
    id: 'v-empty-value',
    name: 'A write of nothing that is not marked as a delete is one',
    alone: true,
    run: async (t) => {
      await t.given({ chaincode: 'any', steps: [put(t.key('k'))] });
      const prepared = await t.endorsed({ chaincode: 'any', steps: [put(t.key('k'), '2')] });
      const open = new OpenEnvelope(prepared.envelope);
      const set = open.rwset.getNsRwsetList().find((each) => each.getNamespace() === 'any');
      const kv = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set?.getRwset_asU8() ?? Buffer.alloc(0));
      kv.getWritesList()[0]?.setValue(Buffer.alloc(0));
      set?.setRwset(kv.serializeBinary());
      open.endorseBy(t.net.peers.Org1);
      const payload = open.seal();
      const outcome = await t.commit({
        ...prepared,
        envelope: signedEnvelope(payload, prepared.creator.sign(payload)),
      });
      const steps = [{ do: 'range', start: t.key('k'), end: t.key('l') }] as const;
      return [outcome, await t.evaluate({ chaincode: 'any', steps })];
    },
  },
  forged('v-metadata-unknown', 'A policy in a chaincode that does not exist', (open) => {
    const set = open.rwset.getNsRwsetList().find((each) => each.getNamespace() === 'any');
    const kv = ledger.rwset.kvrwset.KVRWSet.deserializeBinary(set?.getRwset_asU8() ?? Buffer.alloc(0));
    const write = new ledger.rwset.kvrwset.KVMetadataWrite();
    write.setKey('k');
    kv.setWritesList([]);
    kv.setMetadataWritesList([write]);
    set?.setNamespace('nowhere');
    set?.setRwset(kv.serializeBinary());
  }),
  forged('v-reads-unknown', 'A read in a chaincode that does not exist', (open) => {
    const set = new ledger.rwset.NsReadWriteSet();
    const kv = new ledger.rwset.kvrwset.KVRWSet();
    const read = new ledger.rwset.kvrwset.KVRead();
    read.setKey('k');
    kv.setReadsList([read]);
    set.setNamespace('nowhere');
    set.setRwset(kv.serializeBinary());
    open.rwset.addNsRwset(set);
  }),
  forged('v-version', 'An empty chaincode version', (open) => {
    open.chaincodeAction.getChaincodeId()?.setVersion('');
  }),
  forged('v-other-version', 'Another chaincode version', (open) => {
    open.chaincodeAction.getChaincodeId()?.setVersion('9');
  }),
  forged('v-other-name', 'The name of another chaincode in the response', (open) => {
    open.chaincodeAction.getChaincodeId()?.setName('each');
  }),
  forged('v-no-id', 'No chaincode id in the response', (open) => {
    open.chaincodeAction.clearChaincodeId();
  }),
  forged('v-namespace-twice', 'A namespace that occurs twice', (open) => {
    const [first] = open.rwset.getNsRwsetList();
    if (first !== undefined) open.rwset.addNsRwset(first.cloneMessage());
  }),
  forged('v-namespace-unknown', 'A write into a chaincode that does not exist', (open) => {
    const set = open.rwset.getNsRwsetList().find((each) => each.getNamespace() === 'any');
    set?.setNamespace('nowhere');
  }),
  forged('v-lifecycle', 'A write into the life cycle', (open) => {
    const set = open.rwset.getNsRwsetList().find((each) => each.getNamespace() === 'any');
    open.rwset.setNsRwsetList(set === undefined ? [] : [set]);
    set?.setNamespace('_lifecycle');
  }),
  forged('v-lscc', 'A write into a system chaincode', (open) => {
    const set = open.rwset.getNsRwsetList().find((each) => each.getNamespace() === 'any');
    set?.setNamespace('lscc');
  }),
  forged('v-event', 'An event of another chaincode', (open) => {
    const event = new peer.ChaincodeEvent();
    event.setChaincodeId('each');
    event.setEventName('e');
    event.setTxId(open.channelHeader.getTxId());
    open.chaincodeAction.setEvents(event.serializeBinary());
  }),
  {
    id: 'v-duplicate',
    name: 'An envelope that is ordered again in a later block is a duplicate there',
    alone: true,
    run: async (t) => {
      const prepared = await t.prepare({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('k'))] });
      await t.commit(prepared);
      await t.order(prepared);
      await t.commit(await t.prepare({ chaincode: 'any', targets: ['Org1MSP'], steps: [put(t.key('l'))] }));
      const height = await t.height();
      const codes: string[] = [];
      const { responses } = await t.deliver('deliverFiltered', { start: height - 4, stop: height - 1, wanted: 5 });
      for (const each of responses) {
        for (const line of each.getFilteredBlock()?.getFilteredTransactionsList() ?? []) {
          if (line.getTxid() === prepared.txId) codes.push(codeName(line.getTxValidationCode()));
        }
      }
      return codes;
    },
  },
  forged('v-no-action', 'No action at all', (open) => {
    open.transaction.setActionsList([]);
  }),
  forged('v-two-actions', 'Two actions', (open) => {
    const [first] = open.transaction.getActionsList();
    if (first !== undefined) open.transaction.addActions(first.cloneMessage());
  }),
  forged('v-status', 'A response with a status that is no success', (open) => {
    open.chaincodeAction.getResponse()?.setStatus(500);
  }),
  {
    id: '95-two',
    name: 'A signature of a peer of another organisation does not stand in',
    run: async (t) => {
      const prepared = signed(await t.endorsed({ targets: ['Org1MSP', 'Org2MSP'], steps: [put(t.key('k'))] }));
      return t.commit(prepared);
    },
  },
  filteredAround(
    '99-undecodable-response',
    'A filtered stream goes on after a response payload that is none',
    (open) => {
      open.rawResponse = JUNK;
      return open.seal();
    },
  ),
  filteredAround('99-undecodable-action', 'A filtered stream goes on after a chaincode action that is none', (open) => {
    open.rawAction = JUNK;
    return open.seal();
  }),
  filteredAround('99-undecodable-event', 'A filtered stream goes on after an event that is none', (open) => {
    open.chaincodeAction.setEvents(JUNK);
    open.endorseBy();
    return open.seal();
  }),
  filteredAround(
    '99-undecodable-payload',
    'A filtered stream goes on after the payload of an action that is none',
    (open) => {
      open.seal();
      open.transaction.getActionsList()[0]?.setPayload(JUNK);
      open.payload.setData(open.transaction.serializeBinary());
      return open.payload.serializeBinary();
    },
  ),
  filteredAround('99-undecodable-data', 'A filtered stream goes on after a transaction that is none', (open) => {
    open.seal();
    open.payload.setData(JUNK);
    return open.payload.serializeBinary();
  }),
];
