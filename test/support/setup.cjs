// Without this setting the shim prints a line at every import and at every refusal.
process.env.CORE_CHAINCODE_LOGGING_LEVEL ??= 'CRITICAL';
