// The chaincodes installed on one peer: connected at their first call, and again after their stream has ended.
import { messageOf } from '../messageOf.js';
import type { ConnectChaincode } from './link.js';
import { ChaincodeStream, type ChaincodeCall, type ChaincodeResult } from './stream.js';

interface Installed {
  readonly packageId: string;
  readonly connect: ConnectChaincode;
  open?: ChaincodeStream;
  opening?: Promise<ChaincodeStream> | undefined;
}

export class ChaincodeHost {
  readonly #installed = new Map<string, Installed>();
  readonly #executeTimeoutMs: number;

  constructor(executeTimeoutMs: number) {
    this.#executeTimeoutMs = executeTimeoutMs;
  }

  /** Installs a chaincode, or puts another in its place: the old one's stream is closed. */
  install(name: string, packageId: string, connect: ConnectChaincode): void {
    this.#hangUp(name);
    this.#installed.set(name, { packageId, connect });
  }

  /** The package id of an installed chaincode; undefined when the peer does not host it. */
  packageOf(name: string): string | undefined {
    return this.#installed.get(name)?.packageId;
  }

  /** Rejects with the peer's text when the chaincode cannot be reached or does not answer. */
  async execute(call: ChaincodeCall): Promise<ChaincodeResult> {
    const installed = this.#installed.get(call.chaincode);
    if (!installed) {
      throw new Error(`chaincode definition for '${call.chaincode}' exists, but chaincode is not installed`);
    }
    let stream: ChaincodeStream;
    try {
      stream = await this.#launch(installed);
    } catch (error) {
      throw new Error(
        `failed to execute transaction ${call.txId}: could not launch chaincode ${installed.packageId}: ` +
          `connection to ${installed.packageId} failed: ${messageOf(error)}`,
        { cause: error },
      );
    }
    return stream.execute(call, this.#executeTimeoutMs);
  }

  closeAll(): void {
    for (const name of this.#installed.keys()) {
      this.#hangUp(name);
    }
  }

  /** Calls that come while the line is being opened wait for the same one. */
  async #launch(installed: Installed): Promise<ChaincodeStream> {
    if (installed.open?.isClosed === false) {
      return installed.open;
    }
    installed.opening ??= connect(installed).finally(() => {
      installed.opening = undefined;
    });
    return installed.opening;
  }

  #hangUp(name: string): void {
    const installed = this.#installed.get(name);
    installed?.open?.close();
    installed?.opening
      ?.then((stream) => {
        stream.close();
      })
      .catch(() => undefined); // it never opened: nothing to close
  }
}

async function connect(installed: Installed): Promise<ChaincodeStream> {
  const { packageId } = installed;
  const link = await installed.connect().catch((error: unknown) => {
    throw new Error(`error cannot create connection for ${packageId}: ${messageOf(error)}`, { cause: error });
  });
  const stream = new ChaincodeStream(link, packageId);
  await stream.ready();
  installed.open = stream;
  return stream;
}
