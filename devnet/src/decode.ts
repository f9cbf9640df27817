// Decodes messages that may be malformed. A malformed message is refused with the text that Go gives.

/** Throws with Fabric's text when the bytes are no message of this type. */
export function decode<T>(type: { deserializeBinary(bytes: Uint8Array): T }, name: string, bytes: Uint8Array): T {
  try {
    return type.deserializeBinary(bytes);
  } catch (error) {
    throw new Error(`error unmarshalling ${name}: proto: cannot parse invalid wire-format data`, { cause: error });
  }
}
