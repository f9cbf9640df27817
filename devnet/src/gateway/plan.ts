// The endorsements being collected for one transaction: sets of organisations tried one after the other until one is full.
import type { peer } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import { detailOf, type Failure } from './grading.js';
import type { Detail } from './rpcError.js';

interface Layout {
  /** Organisations that still have to endorse. */
  readonly required: Set<string>;
  readonly endorsements: peer.Endorsement[];
}

/** With one peer per organisation a group of endorsers is one peer, and its failure ends every set it belongs to. */
export class Plan {
  readonly errors: Detail[] = [];
  #layouts: Layout[];
  readonly #asked = new Set<string>();
  #payload: Uint8Array | undefined;
  #completed: Layout | undefined;

  constructor(layouts: readonly (readonly Peer[])[]) {
    this.#layouts = layouts.map((set) => ({ required: new Set(set.map(({ mspId }) => mspId)), endorsements: [] }));
  }

  get isComplete(): boolean {
    return this.#completed !== undefined;
  }

  get payload(): Uint8Array {
    return this.#payload ?? new Uint8Array();
  }

  /** The endorsements of the full set, none of one endorser twice. */
  endorsements(): peer.Endorsement[] {
    const byEndorser = new Map(
      (this.#completed?.endorsements ?? []).map((endorsement) => [
        Buffer.from(endorsement.getEndorser_asU8()).toString('latin1'),
        endorsement,
      ]),
    );
    return [...byEndorser.values()];
  }

  /** The organisations to ask next; empty when no set is left. Sets that need a peer asked in vain are dropped. */
  nextOrganisations(): string[] {
    this.#layouts = this.#layouts.filter(({ required }) => ![...required].some((mspId) => this.#asked.has(mspId)));
    const next = [...(this.#layouts[0]?.required ?? [])];
    next.forEach((mspId) => this.#asked.add(mspId));
    return next;
  }

  /** The first response sets the payload that all others have to equal, byte for byte. */
  accept(endorser: Peer, response: peer.ProposalResponse): void {
    const payload = response.getPayload_asU8();
    this.#payload ??= payload;
    if (!Buffer.from(this.#payload).equals(payload)) {
      const { address, mspId } = endorser;
      this.errors.push({ address, mspId, message: 'ProposalResponsePayloads do not match' });
      return;
    }
    this.#asked.add(endorser.mspId);
    const endorsement = response.getEndorsement();
    for (const layout of this.#layouts) {
      if (endorsement && layout.required.delete(endorser.mspId)) {
        layout.endorsements.push(endorsement);
        if (layout.required.size === 0) {
          this.#completed ??= layout;
        }
      }
    }
  }

  fail(endorser: Peer, failure: Failure): void {
    this.errors.push(detailOf(endorser, failure));
  }
}
