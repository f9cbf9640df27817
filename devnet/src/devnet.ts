// The engine with a gRPC server per peer: what clients outside this process connect to.
import { LocalEngine, type Engine } from './engine.js';
import { startServer, type RunningServer } from './grpcServer.js';
import { createOrdererService } from './orderer/ordererService.js';
import type { DevnetOptions, DevnetOrganization } from './options.js';

/** A network that serves clients on localhost. */
export interface Devnet extends Engine {
  /** host:port of the organisation's peer. It stays the same when the peer is stopped and started. */
  endpointOf(mspId: string): string;
  /** host:port where chaincodes dial the organisation's peer; undefined when it listens for none. */
  chaincodeEndpointOf(mspId: string): string | undefined;
  /** Whether a chaincode has dialled the organisation's peer and registered under this package id. */
  hasRegistered(mspId: string, packageId: string): boolean;
  /** host:port of the orderer; undefined when it has no TLS identity and so does not listen. */
  readonly ordererEndpoint: string | undefined;
}

export class ServingDevnet extends LocalEngine implements Devnet {
  readonly #organizations: readonly DevnetOrganization[];
  readonly #ports = new Map<string, number>();
  readonly #chaincodePorts = new Map<string, number>();
  readonly #servers = new Map<string, RunningServer>();
  readonly #chaincodeServers = new Map<string, RunningServer>();
  readonly #orderer: DevnetOptions['orderer'];
  #ordererServer: RunningServer | undefined;

  constructor(options: DevnetOptions) {
    super(options);
    this.#orderer = options.orderer;
    this.#organizations = options.organizations;
    this.#organizations.forEach(({ mspId, port }) => this.#ports.set(mspId, port ?? 0));
  }

  /** Starts all peers' servers. Rejects when one cannot listen, with none left listening. */
  override async start(): Promise<void> {
    await super.start();
    try {
      await Promise.all([
        ...this.#organizations.map((organization) => this.#listen(organization)),
        this.#listenAsOrderer(),
      ]);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  endpointOf(mspId: string): string {
    const { mspId: known } = this.peer(mspId);
    return localhost(this.#ports.get(known) ?? 0);
  }

  chaincodeEndpointOf(mspId: string): string | undefined {
    const server = this.#chaincodeServers.get(this.peer(mspId).mspId);
    return server && localhost(server.port);
  }

  hasRegistered(mspId: string, packageId: string): boolean {
    return this.peer(mspId).host.registrations.has(packageId);
  }

  get ordererEndpoint(): string | undefined {
    const { port, tlsCertPem } = this.#orderer;
    return port === undefined || tlsCertPem === undefined ? undefined : localhost(port);
  }

  override async close(): Promise<void> {
    this.#ordererServer?.stop();
    await super.close();
  }

  override async stopPeer(mspId: string): Promise<void> {
    await super.stopPeer(mspId);
    for (const servers of [this.#servers, this.#chaincodeServers]) {
      servers.get(mspId)?.stop();
      servers.delete(mspId);
    }
  }

  override async startPeer(mspId: string): Promise<void> {
    await super.startPeer(mspId);
    const organization = this.#organizations.find((candidate) => candidate.mspId === mspId);
    if (organization && !this.#servers.has(mspId)) {
      await this.#listen(organization);
    }
  }

  async #listenAsOrderer(): Promise<void> {
    const { port = 0, tlsCertPem, tlsKeyPem } = this.#orderer;
    if (tlsCertPem !== undefined && tlsKeyPem !== undefined) {
      const tls = { tlsCertPem, tlsKeyPem };
      this.#ordererServer = await startServer(createOrdererService(this.network), { port, tls });
    }
  }

  async #listen(organization: DevnetOrganization): Promise<void> {
    const { mspId, tlsCertPem, tlsKeyPem, externalEndpoint } = organization;
    const tls = { tlsCertPem, tlsKeyPem };
    const server = await startServer(this.service(mspId), { port: this.#ports.get(mspId) ?? 0, tls });
    this.#servers.set(mspId, server);
    this.#ports.set(mspId, server.port);
    this.peer(mspId).address = externalEndpoint ?? localhost(server.port);
    await this.#listenForChaincodes(organization);
  }

  async #listenForChaincodes(organization: DevnetOrganization): Promise<void> {
    const { mspId, chaincodeListener, msp, tlsCertPem, tlsKeyPem } = organization;
    if (!chaincodeListener) {
      return;
    }
    const { registrations } = this.peer(mspId).host;
    registrations.startTimeoutMs = chaincodeListener.startTimeoutMs ?? registrations.startTimeoutMs;
    const duplex = { '/protos.ChaincodeSupport/Register': registrations.register };
    const service = { unary: {}, stream: {}, duplex };
    const tls = { tlsCertPem, tlsKeyPem, clientRootCertsPem: msp.tlsRootCertsPem ?? [] };
    const server = await startServer(service, {
      port: this.#chaincodePorts.get(mspId) ?? chaincodeListener.port ?? 0,
      tls: chaincodeListener.tls === true ? tls : undefined,
    });
    this.#chaincodeServers.set(mspId, server);
    this.#chaincodePorts.set(mspId, server.port);
  }
}

function localhost(port: number): string {
  return `localhost:${String(port)}`;
}
