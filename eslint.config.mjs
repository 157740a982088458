import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'

/** Layers, lowest first. Each may import from itself and from the layers named here, and from nowhere else. */
const layers = {
  'src-shared': { may: [], forbidNode: true },
  'src-worker': { may: ['src-shared'] },
  'src-main': { may: ['src-shared', 'src-worker'] },
  'src-renderer': { may: ['src-shared'], forbidNode: true },
}

const importRule = (layer, { may, forbidNode }) => {
  const foreign = Object.keys(layers).filter((other) => other !== layer && !may.includes(other))
  const patterns = [
    ...foreign.map((other) => ({ group: [`**/${other}/**`], message: `${layer} must not know ${other}.` })),
    ...(forbidNode ? [{ group: ['node:*'], message: `${layer} does no I/O.` }] : []),
    { group: ['electron', 'electron/*'], message: 'Electron is imported in src-main/electron only.' },
  ]
  return {
    files: [`${layer}/**/*.{ts,tsx}`],
    ignores: ['src-main/electron/**', '**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  }
}

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', 'assets/', '.cache/'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.mjs', 'bench/*.mjs', 'e2e/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-console': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: false },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Ports are structural: geotiff.js takes any object with its source's methods, and exports no class for it.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['src-renderer/**/*.tsx', 'src-renderer/**/*.ts'],
    ...reactHooks.configs.flat['recommended-latest'],
  },
  // Nothing here is compiled by the React compiler, which this rule is for.
  { files: ['src-renderer/**/*.tsx'], rules: { 'react-hooks/incompatible-library': 'off' } },
  ...Object.entries(layers).map(([layer, rule]) => importRule(layer, rule)),
  {
    files: ['**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { 'no-console': 'off', '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
)
