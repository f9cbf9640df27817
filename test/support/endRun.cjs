// Removes the folder that beginRun.cjs has made.
const { rmSync } = require('node:fs');

module.exports = () => {
  if (process.env.TENOR_TEST_RUN_OWNED === 'yes') rmSync(process.env.TENOR_TEST_RUN, { recursive: true, force: true });
};
