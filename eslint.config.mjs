import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const layer = (files, patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });
const platform = ['fabric-*', '@hyperledger/*', 'node:*'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/*.cjs', '**/*.mjs', '.tenor/**', 'coverage/**'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: 'tsconfig.lint.json',
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      complexity: ['error', 10],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-function-return-type': ['error', { allowExpressions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-control-regex': 'off', // the schemas refuse control characters by name
    },
  },
  // Imports go one way: protocol ← domain ← ledger ← contract; the client sees the protocol alone.
  layer(['chaincode/src/protocol/**'], ['**/domain/*', '**/ledger/*', '**/contract/*', ...platform]),
  layer(['chaincode/src/domain/**'], ['**/ledger/*', '**/contract/*', 'zod', ...platform]),
  layer(['chaincode/src/ledger/**'], ['**/contract/*']),
  layer(['client/src/**'], [{ regex: 'chaincode/src/(?!protocol)' }, { regex: '@tenor/network' }]),
  layer(['network/**'], [{ regex: 'chaincode/src' }, { regex: '@tenor/client' }]),
  layer(['devnet/src/**'], [{ regex: '@tenor/' }, { regex: 'chaincode/src' }]),
  {
    // The same input has to give the same bytes on every peer.
    files: ['chaincode/src/{protocol,domain,ledger,contract}/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        'Date',
        'Intl',
        'process',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'fetch',
        'performance',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random' },
        ...['toLocaleString', 'toLocaleUpperCase', 'toLocaleLowerCase', 'localeCompare'].map((property) => ({
          property,
        })),
      ],
      'no-restricted-syntax': ['error', 'ForInStatement', 'TSEnumDeclaration'],
    },
  },
);
