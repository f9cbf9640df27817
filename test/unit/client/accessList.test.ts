/** Who can have whole blocks with one signature, by the channel's configuration: expectations are by hand from Fabric's rules. */
import { describe, expect, it } from '@jest/globals';
import { common, msp } from '@hyperledger/fabric-protos';
import { isClosed, readersOfBlocks } from '../../../client/src/closedBooks/accessList.js';
import { adminsOf, configuration, outOf, type PolicySpec } from './channelConfiguration.js';

const [ONE, TWO, THREE] = [adminsOf('Org1MSP'), adminsOf('Org2MSP'), adminsOf('Org3MSP')];
const organizations = (...mspIds: readonly string[]): Record<string, Record<string, PolicySpec>> =>
  Object.fromEntries(mspIds.map((mspId) => [mspId, { Admins: outOf(1, adminsOf(mspId)) }]));
const THREE_ORGANIZATIONS = organizations('Org1MSP', 'Org2MSP', 'Org3MSP');

function readers(spec: Parameters<typeof configuration>[0]): unknown {
  const found = readersOfBlocks(configuration(spec));
  return found === 'everyone' ? found : [...found].sort();
}

const guardedBy = (policy: PolicySpec, more = THREE_ORGANIZATIONS): unknown =>
  readers({ organizations: more, policies: { Guard: policy }, list: { 'event/Block': 'Guard' } });

describe('whole blocks', () => {
  it.each<[string, PolicySpec, readonly string[] | 'everyone']>([
    ['ALL Admins', 'ALL Admins', []],
    ['MAJORITY Admins', 'MAJORITY Admins', []],
    ['ANY Admins', 'ANY Admins', ['Org1MSP', 'Org2MSP', 'Org3MSP']],
    ['one signature', outOf(1, ONE, TWO), ['Org1MSP', 'Org2MSP']],
    ['two signatures', outOf(2, ONE, TWO, THREE), []],
    ['two signatures of one organisation', outOf(2, ONE, ONE), []],
    ['no signature', outOf(0, ONE), 'everyone'],
    ['more signatures than there are principals', outOf(2, ONE), []],
  ])('under %s', (_what, policy, expected) => {
    expect(guardedBy(policy)).toEqual(expected);
  });

  it('of one organisation alone are its own', () => {
    expect(guardedBy('ALL Admins', organizations('Org1MSP'))).toEqual(['Org1MSP']);
  });

  it('of no organisation are open', () => {
    expect(guardedBy('ALL Admins', {})).toBe('everyone');
  });

  it('go to who meets the policies of several organisations', () => {
    const shared = { ...organizations('Org1MSP'), Org2MSP: { Admins: outOf(1, ONE, TWO) } };
    expect(guardedBy('ALL Admins', shared)).toEqual(['Org1MSP']);
  });

  it.each<[string, Readonly<Record<string, string>> | undefined, unknown]>([
    ['no access list', undefined, ['Org1MSP', 'Org2MSP']],
    ['an access list of other things', { 'event/FilteredBlock': 'Nobody' }, ['Org1MSP', 'Org2MSP']],
    ['an empty reference', { 'event/Block': '' }, ['Org1MSP', 'Org2MSP']],
    ['a policy by its whole path', { 'event/Block': '/Channel/Application/Nobody' }, []],
    ['the policy of one organisation', { 'event/Block': '/Channel/Application/Org2MSP/Admins' }, ['Org2MSP']],
    ['the same, by a path from the Application group', { 'event/Block': 'Org2MSP/Admins' }, ['Org2MSP']],
    ['a policy that is not there', { 'event/Block': 'Missing' }, 'everyone'],
    ['a group that is not there', { 'event/Block': '/Channel/Missing/Admins' }, 'everyone'],
    ['a path from elsewhere', { 'event/Block': '/Elsewhere/Application/Nobody' }, 'everyone'],
  ])('with %s', (_what, list, expected) => {
    expect(readers({ policies: { Nobody: 'ALL Admins' }, ...(list === undefined ? {} : { list }) })).toEqual(expected);
  });

  it('under an organisation without that policy are not shown to be closed', () => {
    expect(guardedBy('ALL Admins', { ...organizations('Org1MSP'), Org2MSP: {} })).toEqual(['Org1MSP']);
  });

  it('under a principal that names no organisation are open', () => {
    const anonymous = new msp.MSPPrincipal();
    anonymous.setPrincipalClassification(msp.MSPPrincipal.Classification.ANONYMITY);
    expect(guardedBy(outOf(1, anonymous))).toBe('everyone');
  });

  it('under a policy of an unknown type are open', () => {
    expect(guardedBy(new common.Policy())).toBe('everyone');
  });

  it('are closed only where nobody is left', () => {
    const closed = (policy: PolicySpec): boolean =>
      isClosed(configuration({ policies: { Guard: policy }, list: { 'event/Block': 'Guard' } }));
    expect([closed('ALL Admins'), closed('ANY Admins'), closed(outOf(0, ONE))]).toEqual([true, false, false]);
    expect(isClosed(new common.Config())).toBe(false);
  });
});
