#!/usr/bin/env node
// The command `tenor-devnet`. It is committed, and not built, because npm links commands when it installs, and the build comes after.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const WRONG_USAGE = 2;
const cli = join(__dirname, '../dist/cli.js');

if (existsSync(cli)) {
  require(cli);
} else {
  process.stderr.write(
    'tenor-devnet: this package is not built; run `npm run build` in the checkout that it lies in\n',
  );
  process.exitCode = WRONG_USAGE;
}
