/** The access list of the network whose cases are about access lists. */
import type { Topology } from '@tenor/network';

/**
 * Each resource has a policy that no other has, or a reference that leads nowhere: an answer shows which entry was looked up
 * and how it was evaluated. Deployment goes on: administrators have filtered blocks and writers propose.
 */
export const ACCESS: NonNullable<Topology['access']> = {
  policies: {
    Proposers: 'ANY Writers',
    Callers: 'ANY Admins',
    Watchers: 'ANY Readers',
    Listeners: 'ANY Endorsement',
    Overseers: 'ANY Admins',
    Most: 'MAJORITY Endorsement',
    Everybody: 'ALL Readers',
    Hollow: 'ANY Nonesuch',
  },
  list: {
    'event/FilteredBlock': 'Overseers',
    'peer/Propose': 'Proposers',
    'peer/ChaincodeToChaincode': 'Callers',
    'gateway/CommitStatus': 'Watchers',
    'gateway/ChaincodeEvents': 'Listeners',
    // By a whole path, by a name with a group before it, and by an empty name, which is as if it were not listed.
    'qscc/GetChainInfo': '/Channel/Application/Org2MSP/Admins',
    'qscc/GetBlockByNumber': 'Org2MSP/Readers',
    'qscc/GetTransactionByID': '',
    // Meta policies that one signature does not meet, and one that counts a policy which no organisation has.
    'qscc/GetBlockByTxID': 'Most',
    'qscc/GetBlockByHash': 'Hollow',
    // A function that the chaincode does not have.
    'qscc/Nothing': 'Readers',
    // Policies of another group; and one that the list cannot set.
    'cscc/GetConfigBlock': '/Channel/Orderer/Readers',
    'cscc/GetChannelConfig': 'Everybody',
    'cscc/GetChannels': 'Missing',
    // References that lead nowhere, by name and by path.
    '_lifecycle/QueryChaincodeDefinition': 'Missing',
    '_lifecycle/QueryChaincodeDefinitions': '/Channel/Nowhere/Readers',
    '_lifecycle/QueryInstalledChaincodes': 'Missing',
  },
};
