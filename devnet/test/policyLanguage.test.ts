// The policy language and the collections file, as the `peer` command reads them.
import { common, msp, peer } from '@hyperledger/fabric-protos';
import { describe, expect, it } from '@jest/globals';
import { collectionsFromJson, signaturePolicyFromText } from 'tenor-devnet';

/** A rule in the words of the language, with every identity by its place in the list. */
function ruleText(rule: common.SignaturePolicy | undefined): unknown {
  const nested = rule?.getNOutOf();
  return nested ? [nested.getN(), ...nested.getRulesList().map(ruleText)] : rule?.getSignedBy();
}

function principalsOf(envelope: common.SignaturePolicyEnvelope): string[] {
  const names = new Map(Object.entries(msp.MSPRole.MSPRoleType).map(([name, type]) => [type, name.toLowerCase()]));
  return envelope
    .getIdentitiesList()
    .map((each) => msp.MSPRole.deserializeBinary(each.getPrincipal_asU8()))
    .map((role) => `${role.getMspIdentifier()}.${names.get(role.getRole()) ?? ''}`);
}

describe('the policy language', () => {
  it.each([
    ["OR('Org1MSP.member','Org2MSP.member')", [1, 0, 1], ['Org1MSP.member', 'Org2MSP.member']],
    ["AND('Org1MSP.peer', 'Org2MSP.peer')", [2, 0, 1], ['Org1MSP.peer', 'Org2MSP.peer']],
    ['outof(1, "A.client", "b-2.c.admin", \'C.orderer\')', [1, 0, 1, 2], ['A.client', 'b-2.c.admin', 'C.orderer']],
    [
      " And('A.peer', Or('B.peer', OutOf(2, 'C.peer', 'A.peer')))\n",
      [2, 0, [1, 1, [2, 2, 3]]],
      ['A.peer', 'B.peer', 'C.peer', 'A.peer'],
    ],
    ["OutOf(3, 'A.peer', 'B.peer')", [3, 0, 1], ['A.peer', 'B.peer']],
    ["OutOf(0, 'A.peer')", [0, 0], ['A.peer']],
  ])('reads %s', (text, rule, principals) => {
    const envelope = common.SignaturePolicyEnvelope.deserializeBinary(signaturePolicyFromText(text));
    expect(ruleText(envelope.getRule())).toEqual(rule);
    expect(principalsOf(envelope)).toEqual(principals);
  });

  it.each([
    ['', 'a policy needs gate where it has the end (character 1)'],
    ["'Org1MSP.peer'", 'a policy needs gate where it has Org1MSP.peer (character 1)'],
    ["OR('Org1MSP.peer'", 'a policy needs , or ) where it has the end (character 18)'],
    ["OR('Org1MSP.peer'))", 'a policy needs the end where it has ) (character 19)'],
    ["OR('Org1MSP.boss')", "'Org1MSP.boss' is no principal (character 4)"],
    ["OR('Org1MSP')", "'Org1MSP' is no principal (character 4)"],
    ["NOT('A.peer')", 'a policy has AND, OR and OutOf, and no NOT (character 1)'],
    ["oR('A.peer')", 'a policy has AND, OR and OutOf, and no oR (character 1)'],
    ['AND()', 'a policy needs principal or gate where it has ) (character 5)'],
    ["OutOf('A.peer')", 'a policy needs number where it has A.peer (character 7)'],
    ["OutOf(4, 'A.peer', 'B.peer')", 'a policy cannot need 4 out of 2 (character 1)'],
    ["OR('A.peer' & 'B.peer')", 'a policy has nothing that begins with " & \'B.peer" (character 12)'],
    ["constructor('A.peer')", 'and no constructor'],
  ])('refuses %s and names the place', (text, message) => {
    expect(() => signaturePolicyFromText(text)).toThrow(message);
  });
});

describe('a collections file', () => {
  const MARBLES = { name: 'marbles', policy: "OR('Org1MSP.member','Org2MSP.member')" };
  const read = (value: unknown): peer.StaticCollectionConfig[] =>
    peer.CollectionConfigPackage.deserializeBinary(collectionsFromJson(JSON.stringify(value)))
      .getConfigList()
      .map((each) => each.getStaticCollectionConfig() ?? new peer.StaticCollectionConfig());

  it('has every field that the samples use', () => {
    const [first] = read([
      {
        ...MARBLES,
        ...{ requiredPeerCount: 1, maxPeerCount: 2, blockToLive: 3, memberOnlyRead: true, memberOnlyWrite: true },
        endorsementPolicy: { signaturePolicy: "OR('Org1MSP.member')" },
      },
    ]);
    expect(first?.toObject()).toMatchObject({
      ...{ name: 'marbles', requiredPeerCount: 1, maximumPeerCount: 2, blockToLive: 3 },
      ...{ memberOnlyRead: true, memberOnlyWrite: true },
    });
    const members = first?.getMemberOrgsPolicy()?.getSignaturePolicy() ?? new common.SignaturePolicyEnvelope();
    expect(principalsOf(members)).toEqual(['Org1MSP.member', 'Org2MSP.member']);
    const endorsement = first?.getEndorsementPolicy()?.getSignaturePolicy() ?? new common.SignaturePolicyEnvelope();
    expect(principalsOf(endorsement)).toEqual(['Org1MSP.member']);
  });

  it('leaves out what the peer command has defaults for', () => {
    const [first, second] = read([MARBLES, { ...MARBLES, endorsementPolicy: { channelConfigPolicy: 'Endorsement' } }]);
    expect(first?.toObject()).toMatchObject({ requiredPeerCount: 0, maximumPeerCount: 1, blockToLive: 0 });
    expect(first?.hasEndorsementPolicy()).toBe(false);
    expect(second?.getEndorsementPolicy()?.getChannelConfigPolicyReference()).toBe('Endorsement');
  });

  it.each([
    ['{', 'it is no JSON'],
    ['{}', 'it is no list of collections'],
    ['[1]', 'collection 1 is no object'],
    [
      '[{"name":"a","policy":"OR(\'A.peer\')","maxPeers":1}]',
      'collection 1 has an unknown field maxPeers; there are name',
    ],
    ['[{"name":"a","policy":"OR(\'A.peer\')","__proto__":1}]', 'collection 1 has an unknown field __proto__'],
    ['[{"policy":"OR(\'A.peer\')"}]', 'collection 1 lacks the field name'],
    ['[{"name":"a"}]', 'collection 1 lacks the field policy'],
    ['[{"name":"a","policy":"OR(\'A.peer\')","blockToLive":-1}]', 'blockToLive of collection 1 is not a whole number'],
    ['[{"name":"a","policy":"OR(\'A.peer\')","maxPeerCount":2147483648}]', 'maxPeerCount of collection 1'],
    [
      '[{"name":"a","policy":"OR(\'A.peer\')","memberOnlyRead":"yes"}]',
      'memberOnlyRead of collection 1 is not true or false',
    ],
    ['[{"name":"a","policy":"OR(A.peer)"}]', 'collection 1 (a): a policy has'],
    [
      '[{"name":"a","policy":"OR(\'A.peer\')","endorsementPolicy":{"policy":"x"}}]',
      'endorsementPolicy of collection 1 has an unknown field policy',
    ],
    [
      '[{"name":"a","policy":"OR(\'A.peer\')","endorsementPolicy":{"signaturePolicy":"OR(\'A.peer\')","channelConfigPolicy":"x"}}]',
      'either a signaturePolicy or a channelConfigPolicy',
    ],
  ])('with %s is refused', (text, message) => {
    expect(() => collectionsFromJson(text)).toThrow(message);
  });
});
