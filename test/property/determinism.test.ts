/**
 * The same proposal gives the same bytes wherever it is executed: five chaincode processes, each with a clock, a time zone, a
 * language and chance of its own, endorse a whole deal. The gateway compares what they answer, byte by byte.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { devnetDriver, TOPOLOGIES, type RunningNetwork } from '@tenor/network';
import { accept, confirm, issue, offer, openLine, pay, split, submitCertificate, transfer } from '../support/deal.js';
import { ledgerOn, TENOR } from '../support/engines.js';
import { DUE, World } from '../support/world.js';

const DAY_MS = 86_400_000;
const PRELOAD = path.join(__dirname, 'support/elsewhere.cjs');

/** Where each organisation's process believes to be. */
const PLACES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  issuer: { TZ: 'Asia/Shanghai', LC_ALL: 'zh_CN.UTF-8', LANG: 'zh_CN.UTF-8', TENOR_SHIFT_MS: '0' },
  bank: { TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TENOR_SHIFT_MS: String(400 * DAY_MS) },
  supplier: {
    TZ: 'Pacific/Pago_Pago',
    LC_ALL: 'sv_SE.UTF-8',
    LANG: 'sv_SE.UTF-8',
    TENOR_SHIFT_MS: String(-9000 * DAY_MS),
  },
  contractor: {
    TZ: 'Australia/Lord_Howe',
    LC_ALL: 'ar_EG.UTF-8',
    LANG: 'ar_EG.UTF-8',
    TENOR_SHIFT_MS: String(30_000 * DAY_MS),
  },
  operator: { TZ: 'UTC', LC_ALL: 'C', LANG: 'C', TENOR_SHIFT_MS: '1' },
};

let dataPath: string;
let network: RunningNetwork;
let world: World;

const runAt = (organization: string, more: Readonly<Record<string, string>> = {}): Promise<void> =>
  network.faults.replaceChaincode(organization, {
    ...TENOR,
    args: ['--require', PRELOAD, ...TENOR.args],
    env: { ...PLACES[organization], ...more },
  });

beforeAll(async () => {
  dataPath = await mkdtemp(path.join(tmpdir(), 'tenor-'));
  network = await devnetDriver.up(TOPOLOGIES['five-org'], { dataPath });
  await network.deploy(TENOR);
  await Promise.all(Object.keys(PLACES).map((organization) => runAt(organization)));
  world = await World.found(ledgerOn(network));
}, 60_000);

afterAll(async () => {
  await world.close();
  await network.down();
  await rm(dataPath, { recursive: true, force: true });
});

describe('a whole deal on five machines that agree on nothing else', () => {
  it('is endorsed alike by all of them', async () => {
    const { certificateId, sliceId } = await issue(world, '100000');
    const [kept = '', passed = ''] = await split(world, sliceId, ['40000', '60000']);
    await transfer(world, passed);
    await world.moveTo(DUE);
    await pay(world, 'supplier', [kept]);
    await pay(world, 'contractor', [passed]);
    const { redeem } = world.people('bank').checker.certificate;
    const { blockNumber } = await redeem({ certificateId, sliceIds: [kept, passed] });
    expect(blockNumber).toBeGreaterThan(0n);
  });

  it('would be refused if one of them let its clock in, until it runs what was deployed again', async () => {
    await runAt('supplier', { TENOR_SPOIL: 'yes' });
    const lineId = await openLine(world, { expiresOn: '2028-12-31' });
    const certificateId = await submitCertificate(world, '5000', { changes: { dueDate: '2027-08-16' } });
    await confirm(world, lineId, [certificateId]);
    await offer(world, certificateId, '2027-04-15');
    await expect(accept(world, certificateId)).rejects.toMatchObject({ code: 'REFUSED_BY_NETWORK' });
    await network.faults.restoreChaincode('supplier', TENOR.name);
    expect(await accept(world, certificateId)).toContain('~');
  });
});
