// When a key was last written: block number and position in the block.
export interface Version {
  readonly block: number;
  readonly tx: number;
}

/** Two absent versions are the same: a key that does not exist still does not. */
export function sameVersion(a: Version | undefined, b: Version | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.block === b.block && a.tx === b.tx);
}

/** As Fabric prints it in messages. */
export function printVersion(version: Version | undefined): string {
  return version ? `{BlockNum: ${String(version.block)}, TxNum: ${String(version.tx)}}` : '<nil>';
}
