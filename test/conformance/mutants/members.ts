/** Mutants of updates of the configuration, and of what a removed organisation is to everybody. */
import { mutantsOf, type Mutant } from './mutant.js';

const update = mutantsOf('configuration/update.ts');
const orderer = mutantsOf('orderer/orderer.ts');
const ledger = mutantsOf('peer/peerLedger.ts');
const network = mutantsOf('gateway/network.ts');
const chain = mutantsOf('ledger/chain.ts');

export const MEMBERS_MUTANTS: readonly Mutant[] = [
  update.never('an update of another channel', 'update.getChannelId() !== now.name', 'u-channel'),
  update.never('a read set names what is not there', 'version === undefined', 'u-unknown'),
  update.never('a read set names another version', 'version !== message.getVersion()', 'u-stale'),
  update.never('an update that changes nothing', 'delta.size === 0', 'u-nothing'),
  update.never('nobody may change it afterwards', "message.getModPolicy() === ''", 'u-policy'),
  update.never('a version jumps', 'wanted !== is + 1', 'u-jump'),
  update.never('nobody has to sign', 'refusal !== undefined', 'u-one'),
  orderer.drop(
    'anybody sends an update',
    'this.#sizeRefusal(sizeOf(envelope)) ?? this.#signerRefusal(envelope);',
    'this.#sizeRefusal(sizeOf(envelope));',
    'u-stranger',
  ),
  ledger.drop(
    'a removed organisation is given blocks',
    ' && this.#chain.channel.mspIds.includes(this.#mspId)',
    '',
    'l-people',
  ),
  ledger.drop('a lost ledger keeps its values', 'this.state.losePrivate();', '', 'lost'),
  network.drop(
    'the peer of a removed organisation is asked',
    'mspIds.includes(mspId)',
    'mspIds.length > 0',
    'l-policy',
  ),
  chain.drop(
    'a peer that is behind knows the newest channel',
    'this.#configured.find(({ block }) => block < height)',
    'this.#configured[0]',
    'l-people',
  ),
];
