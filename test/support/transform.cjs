/**
 * TypeScript as Jest runs it: types taken off, once for all layers. The checks of types are the house layer's. What comes out depends on
 * the file alone, so all layers share one cache, and the compiler is loaded only for a file that is new.
 */
const { createHash } = require('node:crypto');
const { version } = require('typescript/package.json');

const OPTIONS = { target: 'ES2022', module: 'CommonJS', esModuleInterop: true, isolatedModules: true, sourceMap: true };

module.exports = {
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(JSON.stringify([version, OPTIONS, path, source]))
      .digest('hex'),
  process: (source, fileName) => {
    const { convertCompilerOptionsFromJson, transpileModule } = require('typescript');
    const { options } = convertCompilerOptionsFromJson(OPTIONS, '.');
    const { outputText, sourceMapText } = transpileModule(source, { fileName, compilerOptions: options });
    return { code: outputText, map: { ...JSON.parse(sourceMapText), sources: [fileName] } };
  },
};
