/** The validation codes that no transaction in the recorded blocks has, each with the reason. All others must be there. */

/** By name. */
export const UNREACHED: Readonly<Record<string, string>> = {
  NIL_ENVELOPE: 'the ordering service takes no empty message',
  BAD_PAYLOAD: 'the ordering service reads the channel in the payload before it takes it',
  BAD_CREATOR_SIGNATURE: 'the ordering service asks the same MSPs for the same signature before',
  INVALID_CONFIG_TRANSACTION: 'made by the ordering service itself, which checks what it makes',
  UNSUPPORTED_TX_PAYLOAD:
    'a configuration update is made a configuration by the ordering service, and is no other type',
  UNKNOWN_TX_TYPE: 'an unknown type is found out before, as BAD_COMMON_HEADER',
  TARGET_CHAIN_NOT_FOUND: 'the ordering service puts no transaction into the block of another channel',
  MARSHAL_TX_ERROR: 'what was read can be written',
  NIL_TXACTION: 'found out before, as BAD_RESPONSE_PAYLOAD',
  EXPIRED_CHAINCODE: 'of the life cycle before 2.0',
  CHAINCODE_VERSION_CONFLICT: 'of the life cycle before 2.0',
  BAD_CHANNEL_HEADER: 'found out before, as BAD_COMMON_HEADER',
  INVALID_WRITESET: 'of CouchDB, which refuses some keys; LevelDB takes all',
  NOT_VALIDATED: 'what a flag is before validation; no block is committed with it',
};
