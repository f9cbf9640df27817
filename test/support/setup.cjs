// The shim prints an info line at every import otherwise.
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'ERROR';
