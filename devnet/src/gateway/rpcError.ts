// A refusal as it goes over gRPC: code, text, and one detail per peer that was asked in vain.
import { Metadata, type status } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import { Any } from 'google-protobuf/google/protobuf/any_pb.js';

export interface Detail {
  readonly address: string;
  readonly mspId: string;
  readonly message: string;
}

export class RpcError extends Error {
  readonly code: status;
  /** The text under the name that grpc-js looks for. */
  readonly details: string;
  readonly metadata: Metadata;

  constructor(code: status, message: string, details: readonly Detail[] = []) {
    super(message);
    this.code = code;
    this.details = message;
    this.metadata = new Metadata();
    if (details.length > 0) {
      this.metadata.set('grpc-status-details-bin', Buffer.from(encodeDetails(code, message, details)));
    }
  }
}

function encodeDetails(code: status, message: string, details: readonly Detail[]): Uint8Array {
  const result = new google.rpc.Status();
  result.setCode(code);
  result.setMessage(message);
  result.setDetailsList(
    details.map((detail) => {
      const content = new gateway.ErrorDetail();
      content.setAddress(detail.address);
      content.setMspId(detail.mspId);
      content.setMessage(detail.message);
      const any = new Any();
      any.pack(content.serializeBinary(), 'gateway.ErrorDetail');
      return any;
    }),
  );
  return result.serializeBinary();
}
