/** Who administers an organisation, and how many organisations have to sign a change, by the channel's configuration. */
import { X509Certificate } from 'node:crypto';
import { common, msp } from '@hyperledger/fabric-protos';
import { applicationOf } from './applicationUpdate.js';

/** An identity as it stands in signatures. */
export interface Identity {
  readonly mspId: string;
  /** PEM. */
  readonly certificate: string;
}

function mspOf(group: common.ConfigGroup): msp.FabricMSPConfig {
  const value = group.getValuesMap().get('MSP')?.getValue_asU8() ?? new Uint8Array();
  return msp.FabricMSPConfig.deserializeBinary(msp.MSPConfig.deserializeBinary(value).getConfig_asU8());
}

/** MSP configurations of the organisations with peers, by MSP id. */
export function memberships(config: common.Config): ReadonlyMap<string, msp.FabricMSPConfig> {
  const found = new Map<string, msp.FabricMSPConfig>();
  applicationOf(config)
    .getGroupsMap()
    .forEach((group) => {
      const content = mspOf(group);
      found.set(content.getName(), content);
    });
  return found;
}

/** The certificate, or nothing where the text is none. */
export function certificateOf(text: string | Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(text));
  } catch {
    return undefined; // what is no certificate is nobody's
  }
}

const unitsOf = ({ subject }: X509Certificate): readonly string[] =>
  subject.split('\n').flatMap((part) => (part.startsWith('OU=') ? part.slice(3).split('+OU=') : []));

/** Whether an identity is an administrator of its organisation: by its NodeOU, or named in the MSP. */
export function isAdministrator(config: common.Config, { mspId, certificate }: Identity): boolean {
  const membership = memberships(config).get(mspId);
  const own = certificateOf(certificate);
  if (membership === undefined || own === undefined) return false;
  const units = membership.getFabricNodeOus();
  const unit =
    units?.getEnable() === true ? units.getAdminOuIdentifier()?.getOrganizationalUnitIdentifier() : undefined;
  if (unit !== undefined && unitsOf(own).includes(unit)) return true;
  return membership.getAdminsList_asU8().some((named) => certificateOf(named)?.raw.equals(own.raw) === true);
}

/** How many organisations' administrators a change of the Application group needs; undefined where the channel's rule is another than a count. */
export function signaturesNeeded(config: common.Config): number | undefined {
  const application = applicationOf(config);
  const count = application.getGroupsMap().getLength();
  const policy = application.getPoliciesMap().get('Admins')?.getPolicy();
  if (application.getModPolicy() !== 'Admins' || policy?.getType() !== common.Policy.PolicyType.IMPLICIT_META)
    return undefined;
  const { ANY, ALL, MAJORITY } = common.ImplicitMetaPolicy.Rule;
  const counts: Readonly<Record<number, number>> = { [ANY]: 1, [ALL]: count, [MAJORITY]: Math.floor(count / 2) + 1 };
  return counts[common.ImplicitMetaPolicy.deserializeBinary(policy.getValue_asU8()).getRule()];
}
