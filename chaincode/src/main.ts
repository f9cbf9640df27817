/**
 * The chaincode process. `node dist/main.js --peer.address …` is how the peer's builder starts it (`npm start`);
 * `node dist/main.js server` serves peers that dial in (chaincode as a service), at CHAINCODE_SERVER_ADDRESS under CHAINCODE_ID.
 */
import { Shim } from 'fabric-shim';
import { TenorChaincode } from './contracts/chaincode.js';
import { listenForOffers } from './ledger/peerBatch.js';
import { keepParsedCertificates } from './shimCertificates.js';
import { dropUnwantedLines } from './shimLog.js';

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    console.error(
      `tenor chaincode: set ${name} (the samples' names: CHAINCODE_SERVER_ADDRESS=host:port, CHAINCODE_ID=package id)`,
    );
    process.exit(2);
  }
  return value;
}

async function serve(): Promise<void> {
  const ccid = required('CHAINCODE_ID');
  const address = required('CHAINCODE_SERVER_ADDRESS');
  // The shim's types ask for TLS properties that its code takes as optional.
  const options = { ccid, address } as Parameters<typeof Shim.server>[1];
  await Shim.server(new TenorChaincode(), options).start();
}

// As process 1 of a container, the process has to handle these signals itself, or it would not end.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));

dropUnwantedLines();
keepParsedCertificates();
listenForOffers();
if (process.argv[2] === 'server') {
  serve().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
} else {
  Shim.start(new TenorChaincode());
}
