// Makes the folder for things that one test run makes only once (see remembered.ts). npm test gives one folder to all its layers.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = () => {
  if (process.env.TENOR_TEST_RUN !== undefined) return;
  process.env.TENOR_TEST_RUN = mkdtempSync(join(tmpdir(), 'tenor-run-'));
  process.env.TENOR_TEST_RUN_OWNED = 'yes';
};
