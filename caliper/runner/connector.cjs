/**
 * Caliper's own connector for Fabric's gateway, with one thing added: it lets a request name its endorsing organisations.
 * As shipped in 0.6.0 it passes arguments and transient data only and refuses `targetOrganizations`, and with transient data
 * a gateway then finds no endorsers for a transaction that writes into the books of two organisations.
 */
'use strict';

const { ConnectorFactory } = require('@hyperledger/caliper-fabric');

/** A contract whose proposals name these organisations. */
const naming = (contract, endorsingOrganizations) => ({
  newProposal: (name, options) => contract.newProposal(name, { ...options, endorsingOrganizations }),
});

module.exports.ConnectorFactory = async (workerIndex) => {
  const connector = await ConnectorFactory(workerIndex);
  const { _submitOrEvaluateTransaction: submit, _getContractForIdentityOnChannelWithChaincodeID: find } = connector;
  // What is timed stays Caliper's: it only finds the contract of this one request through a view of the connector.
  connector._submitOrEvaluateTransaction = (settings, isSubmit) => {
    const value = async (...place) => naming(await find.apply(connector, place), settings.endorsingOrganizations);
    const view = Object.create(connector, { _getContractForIdentityOnChannelWithChaincodeID: { value } });
    return submit.call(view, settings, isSubmit);
  };
  return connector;
};
