/** Sends an update to an ordering node: the one that is named, or otherwise the first one in the channel's configuration. */
import { Client, credentials } from '@grpc/grpc-js';
import { common, msp, orderer } from '@hyperledger/fabric-protos';
import { NetworkError } from '../driver.js';

const DEADLINE_MS = 30_000;

/** One ordering node. */
export interface OrdererAddress {
  /** `host:port`. */
  readonly endpoint: string;
  /** TLS server name, where it differs from the endpoint's host. */
  readonly hostAlias?: string;
  /** PEM of TLS roots. */
  readonly tlsRoots: Uint8Array;
}

const valueOf = (group: common.ConfigGroup | undefined, name: string): Uint8Array =>
  group?.getValuesMap().get(name)?.getValue_asU8() ?? new Uint8Array();

function groupsOf(group: common.ConfigGroup | undefined): readonly common.ConfigGroup[] {
  const found: common.ConfigGroup[] = [];
  group?.getGroupsMap().forEach((each) => found.push(each));
  return found;
}

function tlsRootsOf(organization: common.ConfigGroup): readonly Uint8Array[] {
  const content = msp.MSPConfig.deserializeBinary(valueOf(organization, 'MSP')).getConfig_asU8();
  const membership = msp.FabricMSPConfig.deserializeBinary(content);
  return [...membership.getTlsRootCertsList_asU8(), ...membership.getTlsIntermediateCertsList_asU8()];
}

/** The first ordering node that the configuration names, with the TLS roots of all who order. @throws NetworkError when it names none */
export function ordererOf(config: common.Config): OrdererAddress {
  const channel = config.getChannelGroup();
  const organizations = groupsOf(channel?.getGroupsMap().get('Orderer'));
  const addressesIn = (bytes: Uint8Array): readonly string[] =>
    common.OrdererAddresses.deserializeBinary(bytes).getAddressesList();
  const [endpoint] = [
    ...organizations.flatMap((each) => addressesIn(valueOf(each, 'Endpoints'))),
    ...addressesIn(valueOf(channel, 'OrdererAddresses')),
  ];
  if (endpoint === undefined)
    throw new NetworkError('The channel configuration names no ordering node. Name one with --orderer.');
  return {
    endpoint,
    tlsRoots: Buffer.concat(organizations.flatMap(tlsRootsOf).flatMap((pem) => [pem, Buffer.from('\n')])),
  };
}

/** Sends, and returns when the ordering node has taken it. @throws NetworkError with what the node says */
export async function broadcast(
  envelope: common.Envelope,
  { endpoint, hostAlias, tlsRoots }: OrdererAddress,
): Promise<void> {
  const client = new Client(endpoint, credentials.createSsl(Buffer.from(tlsRoots)), {
    ...(hostAlias === undefined ? {} : { 'grpc.ssl_target_name_override': hostAlias }),
  });
  const stream = client.makeBidiStreamRequest(
    '/orderer.AtomicBroadcast/Broadcast',
    (message: common.Envelope) => Buffer.from(message.serializeBinary()),
    (bytes) => orderer.BroadcastResponse.deserializeBinary(bytes),
    { deadline: Date.now() + DEADLINE_MS },
  );
  const answers: AsyncIterator<orderer.BroadcastResponse, undefined> = stream[Symbol.asyncIterator]();
  stream.write(envelope);
  let answer: orderer.BroadcastResponse | undefined;
  try {
    answer = (await answers.next()).value;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new NetworkError(
      `The ordering node at ${endpoint} did not answer: ${why}. If it has another address, give it with --orderer, --orderer-host and --orderer-ca.`,
      { cause },
    );
  } finally {
    stream.cancel();
    client.close();
  }
  if (answer?.getStatus() !== common.Status.SUCCESS) {
    throw new NetworkError(
      `The ordering node at ${endpoint} refused the update (status ${String(answer?.getStatus())}): ${answer?.getInfo() ?? 'it closed the connection'}`,
    );
  }
}
