import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

/** oxlint is quick and does the general part; this adds Vue's templates and what TypeScript's types can't say. */
export default typescript.config(
  { ignores: ['**/dist/**', '**/dist-server/**', '**/dist-sync/**', '**/.data/**', '**/coverage/**', 'test-results/**', 'playwright-report/**'] },
  ...typescript.configs.recommended,
  ...vue.configs['flat/essential'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: typescript.parser } } },
  {
    rules: {
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      'max-lines': ['error', { max: 300 }],
    },
  },
  {
    files: ['src/**/*.vue', 'test/**/*.vue'],
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/multi-word-component-names': 'off',
      'vue/no-v-html': 'error',
      'vue/no-unused-properties': 'error',
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/require-explicit-emits': 'error',
    },
  },
  // The annexes are data: splitting a list of questions would only hide its order.
  { files: ['src/domain/forms/**', 'src/domain/calls/**'], rules: { 'max-lines': 'off' } },
  // Programs of the command line speak to people through the console, and tests to whoever reads a failure.
  { files: ['scripts/**', 'mock-server/main.ts', 'mock-server/qr.ts', 'test/bench/**'], rules: { 'no-console': 'off' } },
  { files: ['**/*.cjs'], languageOptions: { sourceType: 'commonjs' } },
)
