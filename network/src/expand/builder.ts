/**
 * Scripts of the external builder that peers run for packages of type `ccaas`. The package holds no address, so that its
 * id is the same for every organisation; the build puts in the address of the organisation's own chaincode server.
 */
import { join } from 'node:path';
import { builderPath } from '../layout.js';
import type { PlannedFile } from '../plan.js';
import { CHAINCODE_ADDRESSES_VARIABLE } from './environment.js';

/** Stands for the address in the package's connection.json. */
export const ADDRESS_PLACEHOLDER = '@ADDRESS@';

const DETECT = `#!/bin/sh
# detect SOURCE METADATA: is this package ours?
grep -q '"type": *"ccaas"' "$2/metadata.json"
`;

const BUILD = `#!/bin/sh
# build SOURCE METADATA OUTPUT: connection.json with the address of this organisation's server
set -eu
label=$(sed -n 's/.*"label": *"\\([^"]*\\)".*/\\1/p' "$2/metadata.json")
address=$(cat "$${CHAINCODE_ADDRESSES_VARIABLE}/$label")
sed "s/${ADDRESS_PLACEHOLDER}/$address/" "$1/connection.json" > "$3/connection.json"
`;

const RELEASE = `#!/bin/sh
# release OUTPUT RELEASE: the peer dials what it finds here
set -eu
mkdir -p "$2/chaincode/server"
cp "$1/connection.json" "$2/chaincode/server/connection.json"
`;

const SCRIPTS = { detect: DETECT, build: BUILD, release: RELEASE } as const;

/** The three scripts, executable. */
export const builderFiles = (dataPath: string): readonly PlannedFile[] =>
  Object.entries(SCRIPTS).map(([name, content]) => ({
    path: join(builderPath(dataPath), 'bin', name),
    content,
    mode: 0o755,
  }));
