// What a person needs to know to connect.
import { join } from 'node:path';
import type { Devnet } from '../devnet.js';

interface Description {
  readonly channel: string;
  /** The folder `organizations`. */
  readonly path: string;
  /** Host name in the orderer's certificate. */
  readonly orderer: string;
  readonly organizations: readonly { readonly mspId: string; readonly domain: string }[];
}

export function describeNetwork(devnet: Devnet, { channel, path, orderer, organizations }: Description): string {
  const lines = organizations.flatMap(({ mspId, domain }) => {
    const root = join(path, 'peerOrganizations', domain);
    return [
      mspId,
      `  peer          ${devnet.endpointOf(mspId)} (TLS, host alias peer0.${domain})`,
      `  chaincodes    dial ${devnet.chaincodeEndpointOf(mspId) ?? '-'} (without TLS)`,
      `  TLS root      ${join(root, 'peers', `peer0.${domain}`, 'tls', 'ca.crt')}`,
      `  certificate   ${join(root, 'users', `User1@${domain}`, 'msp', 'signcerts')}`,
      `  private key   ${join(root, 'users', `User1@${domain}`, 'msp', 'keystore')}`,
    ];
  });
  return [
    `channel ${channel}, orderer ${devnet.ordererEndpoint ?? '-'} (TLS, host alias ${orderer})`,
    ...lines,
    '',
  ].join('\n');
}
