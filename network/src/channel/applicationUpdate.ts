/** Updates of the part of a channel's configuration that says which organisations have peers, and what guards their peers' services. */
import { common } from '@hyperledger/fabric-protos';
import { NetworkError } from '../driver.js';

const APPLICATION = 'Application';

type Group = common.ConfigGroup;

/** The group of the organisations with peers. @throws NetworkError when the configuration has none */
export function applicationOf(config: common.Config): Group {
  const application = config.getChannelGroup()?.getGroupsMap().get(APPLICATION);
  if (application === undefined)
    throw new NetworkError('The configuration has no group Application: it is no channel of peers.');
  return application;
}

/** Names in a fixed order: the same configuration gives the same bytes. */
export function namesOf(map: { forEach(visit: (entry: unknown, name: string) => void): void }): readonly string[] {
  const names: string[] = [];
  map.forEach((_, name) => names.push(name));
  return names.sort();
}

/** Says of something that it stays as it is: by its version alone. */
export const versionOnly = <Item extends { setVersion(version: number): void }>(item: Item, version = 0): Item => {
  item.setVersion(version);
  return item;
};

/** What is in a group, as a read or write set mentions what does not change: by its version alone. */
export function mention(group: Group): Group {
  const result = versionOnly(new common.ConfigGroup(), group.getVersion());
  for (const name of namesOf(group.getGroupsMap()))
    result
      .getGroupsMap()
      .set(name, versionOnly(new common.ConfigGroup(), group.getGroupsMap().get(name)?.getVersion()));
  for (const name of namesOf(group.getValuesMap()))
    result
      .getValuesMap()
      .set(name, versionOnly(new common.ConfigValue(), group.getValuesMap().get(name)?.getVersion()));
  for (const name of namesOf(group.getPoliciesMap()))
    result
      .getPoliciesMap()
      .set(name, versionOnly(new common.ConfigPolicy(), group.getPoliciesMap().get(name)?.getVersion()));
  return result;
}

function withApplication(channel: Group, application: Group): Group {
  const result = versionOnly(new common.ConfigGroup(), channel.getVersion());
  result.getGroupsMap().set(APPLICATION, application);
  return result;
}

/** What an update makes of the application's group. */
interface Change {
  /** Begun as a `mention` of the group, then changed. */
  readonly write: Group;
  /** Whether something is in the group, or no longer in it, that was not or was before. */
  readonly changesMembers: boolean;
}

/** Serialized `common.ConfigUpdate`. */
export function applicationUpdate(
  config: common.Config,
  channelId: string,
  { write, changesMembers }: Change,
): Uint8Array {
  const channel = config.getChannelGroup() ?? new common.ConfigGroup();
  const application = applicationOf(config);
  if (changesMembers) {
    write.setVersion(application.getVersion() + 1);
    write.setModPolicy(application.getModPolicy());
  }
  const update = new common.ConfigUpdate();
  update.setChannelId(channelId);
  update.setReadSet(withApplication(channel, mention(application)));
  update.setWriteSet(withApplication(channel, write));
  return update.serializeBinary();
}
