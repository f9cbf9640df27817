// The checks that a peer makes before it runs a chaincode, with their texts.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestIdentity } from '../../test/support/testIdentities.js';
import {
  call,
  codeOf,
  endorseRaw,
  evaluateRaw,
  refusal,
  signedProposal,
  submitRaw,
  statusRaw,
  type ProposalParts,
} from './support/raw.js';
import { gateway } from '@hyperledger/fabric-protos';
import {
  CHANNEL,
  highSignerOf,
  openWorld,
  ORG1,
  ORG2,
  organizationOf,
  signerOf,
  userOf,
  type World,
} from './support/world.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const DENIED = `error validating proposal: access denied: channel [${CHANNEL}] creator org`;

describe('proposals', () => {
  let world: World;
  let creator: TestIdentity;
  beforeAll(async () => {
    world = await openWorld();
    creator = userOf(world.orgs, ORG1);
  });
  afterAll(() => world.close());

  async function issue(units: readonly string[], notAfter?: Date): Promise<TestIdentity> {
    const { authority } = organizationOf(world.orgs, ORG1);
    const notBefore = new Date(Date.now() - 30 * DAY_MS);
    return authority.issue('someone', { units, notBefore, ...(notAfter ? { notAfter } : {}) });
  }

  const cases: readonly (readonly [string, () => Promise<ProposalParts> | ProposalParts, string])[] = [
    [
      'a signature over something else',
      () => ({ creator, sign: () => signerOf(creator)(Buffer.from('x')) }),
      `${DENIED} [${ORG1}]`,
    ],
    ['a signature with a high S', () => ({ creator, sign: highSignerOf(creator) }), `${DENIED} [${ORG1}]`],
    [
      'a certificate of another organisation',
      () => ({ creator, mspId: ORG2 }),
      `${DENIED} unknown, creator is malformed`,
    ],
    [
      'an organisation that is not in the channel',
      () => ({ creator, mspId: 'StrangerMSP' }),
      `${DENIED} unknown, creator is malformed`,
    ],
    ['a certificate without a role', async () => ({ creator: await issue(['sales']) }), `${DENIED} [${ORG1}]`],
    ['a certificate with two roles', async () => ({ creator: await issue(['client', 'peer']) }), `${DENIED} [${ORG1}]`],
    ['an epoch', () => ({ creator, epoch: 1 }), 'error validating proposal: epoch is non-zero'],
    [
      'a peer as creator',
      async () => ({ creator: await issue(['peer']) }),
      `Failed evaluating policy on signed data during check policy on channel [${CHANNEL}] with policy ` +
        '[/Channel/Application/Writers]: [implicit policy evaluation failed - 0 sub-policies were satisfied, ' +
        "but this policy requires 1 of the 'Writers' sub-policies to be satisfied]",
    ],
  ];
  it.each(cases)('are refused for %s', async (_name, parts, text) => {
    expect(await refusal(evaluateRaw(world.engine, ORG1, await parts()))).toBe(
      `9 FAILED_PRECONDITION: evaluate call to endorser returned error: ${text}`,
    );
    expect(await refusal(endorseRaw(world.engine, ORG1, await parts()))).toMatch(/^10 ABORTED/);
  });

  it('are refused for a transaction id of another nonce', async () => {
    expect(await refusal(evaluateRaw(world.engine, ORG1, { creator, txId: 'ab' }))).toMatch(
      /error validating proposal: incorrectly computed txid 'ab' -- expected '[0-9a-f]{64}'$/,
    );
  });

  it('are refused, as if the peer were not there, for an expired certificate or a clock that is off', async () => {
    const expired = await issue(['client'], new Date(Date.now() - DAY_MS));
    expect(await refusal(evaluateRaw(world.engine, ORG1, { creator: expired }))).toBe(
      '14 UNAVAILABLE: failed to evaluate transaction, see attached details for more info',
    );
    expect(await refusal(endorseRaw(world.engine, ORG1, { creator: expired }))).toMatch(/^10 ABORTED/);
    const late = { creator, timestamp: new Date(Date.now() - 20 * 60 * 1000) };
    expect(await refusal(evaluateRaw(world.engine, ORG1, late))).toMatch(/^14 UNAVAILABLE/);
    await expect(
      evaluateRaw(world.engine, ORG1, { creator, timestamp: new Date(Date.now() - 10 * 60 * 1000) }),
    ).resolves.toBeDefined();
  });

  it('are refused when their transaction is on the ledger', async () => {
    const steps = [{ do: 'put', key: 'once', value: '1' }] as const;
    const { envelope, txId, signed } = await endorseRaw(world.engine, ORG1, {
      creator,
      steps,
      endorsers: [ORG1, ORG2],
    });
    await submitRaw(world.engine, ORG1, envelope, creator);
    await statusRaw(world.engine, ORG1, txId, creator);
    const again = new gateway.EvaluateRequest();
    again.setProposedTransaction(signed);
    expect(await refusal(call(world.engine, ORG1, 'Evaluate', again, () => true))).toContain(
      `duplicate transaction found [${txId}]. Creator [`,
    );
  });

  it('of an admin are as good as those of a client', async () => {
    const { admin } = organizationOf(world.orgs, ORG1);
    expect(await codeOf(world.engine, ORG1, { creator: admin, steps: [{ do: 'put', key: 'admin', value: '1' }] })).toBe(
      0,
    );
  });

  it('that are no proposals are refused before any peer sees them', async () => {
    const { signed } = await signedProposal({ creator });
    signed.setProposalBytes(Buffer.from([0xff, 0xff]));
    const request = new gateway.EvaluateRequest();
    request.setProposedTransaction(signed);
    expect(await refusal(call(world.engine, ORG1, 'Evaluate', request, () => true))).toMatch(
      /^3 INVALID_ARGUMENT: failed to unpack transaction proposal: /,
    );
    expect(await refusal(call(world.engine, ORG1, 'Evaluate', new gateway.EvaluateRequest(), () => true))).toBe(
      '3 INVALID_ARGUMENT: failed to unpack transaction proposal: a signed proposal is required',
    );
  });
});
