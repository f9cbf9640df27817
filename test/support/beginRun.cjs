// A folder for what one run makes once: see remembered.ts. npm test gives one to all its layers.
const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = () => {
  if (process.env.TENOR_TEST_RUN !== undefined) return;
  process.env.TENOR_TEST_RUN = mkdtempSync(join(tmpdir(), 'tenor-run-'));
  process.env.TENOR_TEST_RUN_OWNED = 'yes';
};
