// What the gateway answers when things go wrong: codes, texts and details, as applications match on them.
import { GatewayError, type Proposal } from '@hyperledger/fabric-gateway';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { linkToChaincode } from '../../test/support/inProcessChaincode.js';
import { hostOf } from '../../test/support/testIdentities.js';
import { codeOf, endorseRaw, evaluateRaw, orderRaw, policyOf, refusal, statusRaw, submitRaw } from './support/raw.js';
import { scriptChaincode } from './support/scriptChaincode.js';
import { bookOf, CHANNEL, evaluate, openWorld, ORG1, ORG2, ORG3, submit, userOf, type World } from './support/world.js';

const ALL_PEERS = policyOf(3, [
  [ORG1, 'PEER'],
  [ORG2, 'PEER'],
  [ORG3, 'PEER'],
]);
const ANY_PEER = policyOf(1, [
  [ORG1, 'PEER'],
  [ORG2, 'PEER'],
  [ORG3, 'PEER'],
]);

/** Code, text and details of the error that the SDK throws. */
async function gatewayError(work: Promise<unknown>): Promise<{ code: number; message: string; details: object[] }> {
  const error = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof GatewayError)) {
    throw new Error(`not a gateway error: ${String(error)}`);
  }
  return { code: error.code, message: error.message, details: error.details };
}

const detail = (mspId: string, message: string): object => ({ address: hostOf(mspId), mspId, message });

describe('gateway, policy AND of three peers', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ policy: ALL_PEERS });
    await world.engine.deployInProcess({
      name: 'clientsOnly',
      endorsementPolicy: policyOf(1, [[ORG1, 'CLIENT']]),
      connect: (mspId) => linkToChaincode('clientsOnly', mspId, scriptChaincode),
    });
    await world.engine.deployInProcess({
      name: 'elsewhere',
      endorsementPolicy: ANY_PEER,
      hosts: [ORG2, ORG3],
      connect: (mspId) => linkToChaincode('elsewhere', mspId, scriptChaincode),
    });
  });
  afterAll(() => world.close());

  it('evaluates without a new block', async () => {
    await submit(world.contract(ORG1), [{ do: 'put', key: 'a', value: '1' }]);
    const before = world.engine.height;
    expect(await evaluate(world.contract(ORG1), [{ do: 'get', key: 'a' }])).toEqual(['1']);
    expect(world.engine.height).toBe(before);
  });

  it('shows the chaincode’s refusal of an evaluate in the message, with one detail', async () => {
    expect(await gatewayError(evaluate(world.contract(ORG1), [{ do: 'throwOn', on: '*', message: 'boom' }]))).toEqual({
      code: 2,
      message: '2 UNKNOWN: evaluate call to endorser returned error: chaincode response 500, boom',
      details: [detail(ORG1, 'chaincode response 500, boom')],
    });
  });

  it.each([
    { status: 404, evaluates: 2, submits: 10 },
    { status: 100, evaluates: 2, submits: 10 },
  ])('refuses a chaincode status of $status', async ({ status, evaluates, submits }) => {
    const steps = [{ do: 'respond', status, message: 'so' } as const];
    expect(await gatewayError(evaluate(world.contract(ORG1), steps))).toMatchObject({
      code: evaluates,
      message: expect.stringContaining(`chaincode response ${String(status)}, so`),
    });
    expect((await gatewayError(submit(world.contract(ORG1), steps))).code).toBe(submits);
  });

  it('takes a status of 300 as success', async () => {
    await submit(world.contract(ORG1), [
      { do: 'respond', status: 300, message: '' },
      { do: 'put', key: 'b', value: '1' },
    ]);
  });

  it('asks only the own organisation’s peers when the first endorser fails', async () => {
    expect(await gatewayError(submit(world.contract(ORG1), [{ do: 'throwOn', on: '*', message: 'no' }]))).toEqual({
      code: 10,
      message: '10 ABORTED: failed to endorse transaction, see attached details for more info',
      details: [detail(ORG1, 'chaincode response 500, no')],
    });
  });

  it('names the organisation whose chaincode fails later', async () => {
    const steps = [
      { do: 'throwOn', on: ORG3, message: 'not here' },
      { do: 'put', key: 'c', value: '1' },
    ] as const;
    expect(await gatewayError(submit(world.contract(ORG1), steps))).toEqual({
      code: 10,
      message: '10 ABORTED: failed to collect enough transaction endorsements, see attached details for more info',
      details: [detail(ORG3, 'chaincode response 500, not here')],
    });
  });

  it.each(['value', 'message', 'event'] as const)('refuses endorsements that differ only in the %s', async (where) => {
    const before = world.engine.height;
    const steps = [
      { do: 'differ', on: ORG1, in: where },
      { do: 'put', key: 'd', value: '1' },
    ] as const;
    const { code, details } = await gatewayError(submit(world.contract(ORG1), steps));
    expect(code).toBe(10);
    expect(details).toEqual([
      detail(ORG2, 'ProposalResponsePayloads do not match'),
      detail(ORG3, 'ProposalResponsePayloads do not match'),
    ]);
    expect(world.engine.height).toBe(before);
  });

  it('knows no peer for a chaincode that is not there', async () => {
    const contract = world.gateway(ORG1).getNetwork(CHANNEL).getContract('missing');
    expect(await gatewayError(evaluate(contract, []))).toMatchObject({
      code: 9,
      message: `9 FAILED_PRECONDITION: no peers available to evaluate chaincode missing in channel ${CHANNEL}`,
    });
    expect(await gatewayError(submit(contract, []))).toMatchObject({
      code: 9,
      message:
        '9 FAILED_PRECONDITION: no combination of peers can be derived which satisfy the endorsement policy: ' +
        `No metadata was found for chaincode missing in channel ${CHANNEL}`,
    });
  });

  it('knows no other channel', async () => {
    const creator = userOf(world.orgs, ORG1);
    const parts = { creator, channel: 'other' };
    const config = 'failed to get config for channel [other]: could not get last config for channel other';
    expect(await refusal(evaluateRaw(world.engine, ORG1, parts))).toBe(`14 UNAVAILABLE: ${config}`);
    expect(await refusal(endorseRaw(world.engine, ORG1, parts))).toMatch(/^9 FAILED_PRECONDITION/);
    const { envelope } = await endorseRaw(world.engine, ORG1, {
      creator,
      steps: [{ do: 'put', key: 'x', value: 'x' }],
    });
    expect(await refusal(submitRaw(world.engine, ORG1, envelope, creator, 'other'))).toBe(
      `9 FAILED_PRECONDITION: ${config}`,
    );
    expect(await refusal(statusRaw(world.engine, ORG1, 'ab', creator, { channel: 'other' }))).toBe(
      '7 PERMISSION_DENIED: Failed to get policy manager for channel [other]',
    );
  });

  it('refuses endorsing organisations that do not exist', async () => {
    const options = { endorsingOrganizations: ['Org8MSP', 'Org9MSP'] };
    expect(await gatewayError(submit(world.contract(ORG1), [], options))).toMatchObject({
      code: 14,
      message: '14 UNAVAILABLE: failed to find any endorsing peers for org(s): Org8MSP, Org9MSP',
    });
    expect((await gatewayError(evaluate(world.contract(ORG1), [], options))).code).toBe(9);
  });

  it('lets the caller name too few organisations, and the ledger refuse', async () => {
    const parts = { creator: userOf(world.orgs, ORG1), steps: [{ do: 'put', key: 'few', value: '1' }] as const };
    expect(await codeOf(world.engine, ORG1, { ...parts, endorsers: [ORG1, ORG2] })).toBe(10);
    expect(await codeOf(world.engine, ORG1, { ...parts, endorsers: [ORG1, ORG2, ORG3] })).toBe(0);
  });

  it('keeps transient data from other organisations', async () => {
    const contract = world.gateway(ORG1).getNetwork(CHANNEL).getContract('elsewhere');
    const secret = { transientData: { secret: 's' } };
    expect((await gatewayError(evaluate(contract, [], secret))).message).toBe(
      "9 FAILED_PRECONDITION: no endorsers found in the gateway's organization; " +
        'retry specifying target organization(s) to protect transient data: ' +
        `no peers available to evaluate chaincode elsewhere in channel ${CHANNEL}`,
    );
    expect((await gatewayError(submit(contract, [], secret))).message).toBe(
      "9 FAILED_PRECONDITION: no endorsers found in the gateway's organization; " +
        'retry specifying endorsing organization(s) to protect transient data',
    );
    expect(await evaluate(contract, [{ do: 'mspId' }])).toEqual([ORG2]);
    await submit(contract, [{ do: 'put', key: 'k', value: 'v' }]);
  });

  it('wants members named before transient data may go with a write into another book', async () => {
    const steps = [{ do: 'put', key: 'k', value: 'v', collection: bookOf(ORG2) }] as const;
    const secret = { transientData: { secret: 's' } };
    expect(
      (await gatewayError(submit(world.contract(ORG1), [...steps, { do: 'put', key: 'k', value: 'v' }], secret)))
        .message,
    ).toBe(
      '9 FAILED_PRECONDITION: requires endorsement from organisation(s) that are not in the distribution policy of the ' +
        `private data collection(s): [${bookOf(ORG2)}]; ` +
        'retry specifying trusted endorsing organizations to protect transient data',
    );
    await submit(world.contract(ORG1), steps, { ...secret, endorsingOrganizations: [ORG2] });
  });

  it('plans the owner of a book that is written without transient data', async () => {
    await submit(world.contract(ORG1), [{ do: 'put', key: 'planned', value: 'v', collection: bookOf(ORG3) }]);
    const [value] = await evaluate(world.contract(ORG3), [{ do: 'get', key: 'planned', collection: bookOf(ORG3) }]);
    expect(value).toBe('v');
  });

  it('finds no peers for a policy that only clients satisfy', async () => {
    const contract = world.gateway(ORG1).getNetwork(CHANNEL).getContract('clientsOnly');
    expect((await gatewayError(submit(contract, [{ do: 'put', key: 'k', value: 'v' }]))).message).toBe(
      '9 FAILED_PRECONDITION: no combination of peers can be derived which satisfy the endorsement policy: ' +
        'no peer combination can satisfy the endorsement policy',
    );
  });

  it('refuses what cannot be submitted', async () => {
    const creator = userOf(world.orgs, ORG1);
    const { envelope } = await endorseRaw(world.engine, ORG1, {
      creator,
      steps: [{ do: 'put', key: 'x', value: 'x' }],
    });
    expect(await refusal(orderRaw(world.engine, ORG1, envelope))).toBe(
      '3 INVALID_ARGUMENT: prepared transaction must be signed',
    );
    expect(await refusal(submitRaw(world.engine, ORG1, envelope, userOf(world.orgs, ORG2)))).toBe(
      '10 ABORTED: received unsuccessful response from orderer: status=FORBIDDEN, info=implicit policy evaluation failed ' +
        "- 0 sub-policies were satisfied, but this policy requires 1 of the 'Writers' sub-policies to be satisfied: " +
        'permission denied',
    );
  });

  it('answers the status of a transaction to readers alone, and of an unknown one never', async () => {
    const creator = userOf(world.orgs, ORG1);
    expect(await refusal(statusRaw(world.engine, ORG1, 'ab', creator, { timeoutMs: 100 }))).toMatch(
      /^4 DEADLINE_EXCEEDED/,
    );
    expect(await refusal(statusRaw(world.engine, ORG1, '', creator))).toBe(
      '3 INVALID_ARGUMENT: transaction ID should not be empty',
    );
    const wrongKey = { sign: () => Promise.resolve(new Uint8Array(70)) };
    expect(await refusal(statusRaw(world.engine, ORG1, 'ab', creator, wrongKey))).toContain(
      `7 PERMISSION_DENIED: Failed evaluating policy on signed data during check policy on channel [${CHANNEL}] ` +
        'with policy [/Channel/Application/Readers]: [implicit policy evaluation failed',
    );
  });

  it('gives up at the caller’s deadline', async () => {
    const slow = [{ do: 'sleep', milliseconds: 300 }] as const;
    const proposal = (): Proposal => world.contract(ORG1).newProposal('run', { arguments: [JSON.stringify(slow)] });
    expect(await refusal(proposal().evaluate({ deadline: Date.now() + 50 }))).toBe(
      '4 DEADLINE_EXCEEDED: evaluate timeout expired',
    );
    expect(await refusal(proposal().endorse({ deadline: Date.now() + 50 }))).toBe(
      '4 DEADLINE_EXCEEDED: endorsement timeout expired while collecting first endorsement',
    );
  });
});

describe('gateway, policy OR of three peers', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({
      policy: ANY_PEER,
      batch: { timeoutMs: 0, maxMessageCount: 10, preferredMaxBytes: 4096, absoluteMaxBytes: 20_000 },
    });
  });
  afterAll(() => world.close());

  it('needs one organisation, so that the others cannot contradict it', async () => {
    await submit(world.contract(ORG1), [
      { do: 'differ', on: ORG1, in: 'value' },
      { do: 'put', key: 'k', value: 'v' },
    ]);
  });

  it('lets the orderer refuse what is too large', async () => {
    const creator = userOf(world.orgs, ORG1);
    const steps = [{ do: 'put', key: 'large', value: 'x'.repeat(25_000) }] as const;
    const { envelope } = await endorseRaw(world.engine, ORG1, { creator, steps });
    expect(await refusal(submitRaw(world.engine, ORG1, envelope, creator))).toMatch(
      /status=BAD_REQUEST, info=message payload is \d+ bytes and exceeds maximum allowed 20000 bytes$/,
    );
  });
});
