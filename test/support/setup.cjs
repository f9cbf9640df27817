// The shim prints a line at every import and at every refusal otherwise.
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'CRITICAL';
