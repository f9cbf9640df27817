/** Networks of any organisations: what they may be called, and that each has an MSP and a domain of its own. */
import { describe, expect, it } from '@jest/globals';
import { isOrganizationName, partOf, TOPOLOGIES, topologyOf } from '../../network/src/topology.js';

describe('a part of a topology', () => {
  it('has the organisations that are asked for as the whole has them, in its order', () => {
    const { name, channel, organizations } = partOf(TOPOLOGIES.wide, ['third-bank', 'bank']);
    expect({ name, channel }).toEqual({ name: 'wide-bank-third-bank', channel: 'tenor' });
    expect(organizations).toEqual([TOPOLOGIES.wide.organizations[1], TOPOLOGIES.wide.organizations[6]]);
  });

  it('has none that the whole does not have', () => {
    expect(() => partOf(TOPOLOGIES.wide, ['bank', 'fourth-bank'])).toThrow(
      new RangeError('wide has no organisation "fourth-bank".'),
    );
  });
});

describe('a topology of any organisations', () => {
  it('has a peer for each, named after it', () => {
    const { name, organizations, blockEvents } = topologyOf('own', ['mill', 'mine-owner', 'bank2']);
    expect({ name, blockEvents }).toEqual({ name: 'own', blockEvents: 'closed' });
    expect(organizations.map(({ mspId, domain }) => [mspId, domain])).toEqual([
      ['MillMSP', 'mill.tenor.example'],
      ['MineOwnerMSP', 'mine-owner.tenor.example'],
      ['Bank2MSP', 'bank2.tenor.example'],
    ]);
  });

  it('is what the shipped ones are', () => {
    expect(TOPOLOGIES['five-org'].organizations.map(({ mspId }) => mspId)).toEqual([
      ...['IssuerMSP', 'BankMSP', 'SupplierMSP', 'ContractorMSP', 'OperatorMSP'],
    ]);
  });

  it.each(['a', 'constructor', 'mine-owner', 'x1-y2', 'a'.repeat(40)])('can have an organisation %s', (name) => {
    expect(isOrganizationName(name)).toBe(true);
  });

  // a1 and a-1 would have one MSP.
  it.each(['', 'A', '1a', 'a-1', 'a--b', '-a', 'a-', 'a.b', 'a b', 'ö', 'orderer', '__proto__', 'a'.repeat(41)])(
    'can have none called %j',
    (name) => {
      expect(isOrganizationName(name)).toBe(false);
      expect(() => topologyOf('own', ['bank', name])).toThrow(RangeError);
    },
  );

  it('names each organisation once', () => {
    expect(() => topologyOf('own', ['bank', 'bank'])).toThrow(/names two/);
  });
});
