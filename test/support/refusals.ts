/** What each of several peers says of one proposal, which is signed and sent once for all of them. Nothing is ordered. */
import { GatewayError } from '@hyperledger/fabric-gateway';
import { decodeError } from '../../chaincode/src/protocol/errors.js';
import type { Door } from './ledger.js';

/** A proposal, and the organisations whose peers are asked. */
export interface Asked {
  readonly name: string;
  readonly argument: string;
  readonly transient: Readonly<Record<string, Uint8Array>>;
  readonly endorsers: readonly string[];
}

/** The code by which each peer refuses; undefined when one of them endorses, or says something that has no code. */
export async function refusalsOfAll({ contract }: Door, asked: Asked): Promise<string[] | undefined> {
  const { name, argument, transient, endorsers } = asked;
  const proposal = contract.newProposal(name, {
    ...{ arguments: [argument], transientData: transient, endorsingOrganizations: [...endorsers] },
  });
  try {
    await proposal.endorse();
    return undefined;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const said = new Map(error.details.map(({ mspId, message }) => [mspId, decodeError(message)?.code]));
    const codes = endorsers.map((mspId) => said.get(mspId)).filter((code) => code !== undefined);
    return codes.length === endorsers.length ? codes : undefined;
  }
}
