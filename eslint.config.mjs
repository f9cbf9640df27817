import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const layer = (files, patterns) => ({ files, rules: { 'no-restricted-imports': ['error', { patterns }] } });
/** Folders of the chaincode that a layer must not import; `../protocol/commands` and `../protocol/records` are the protocol's own. */
const above = (folders) => ({ regex: `^(\\.\\./)+(${folders})/` });
const platform = [{ group: ['fabric-*', '@hyperledger/*', 'node:*'] }];

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
  // Imports go one way: protocol ← domain ← ledger ← records, commands ← contracts; the client sees the protocol alone.
  layer(['chaincode/src/protocol/**'], [above('domain|ledger|contracts'), ...platform]),
  layer(['chaincode/src/domain/**'], [above('ledger|commands|records|contracts'), { group: ['zod'] }, ...platform]),
  layer(['chaincode/src/ledger/**'], [above('commands|records|contracts')]),
  layer(['chaincode/src/records/**'], [above('commands|contracts'), ...platform]),
  layer(['chaincode/src/commands/**'], [above('contracts'), ...platform]),
  layer(['client/src/**'], [{ regex: 'chaincode/src/(?!protocol)' }, { regex: '@tenor/network' }]),
  layer(['network/**'], [{ regex: 'chaincode/src' }, { regex: '@tenor/client' }]),
  layer(['devnet/src/**'], [{ regex: '@tenor/' }, { regex: 'chaincode/src' }]),
  {
    // The same input has to give the same bytes on every peer.
    files: ['chaincode/src/{protocol,domain,ledger,records,commands,contracts}/**'],
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
