// Look down, never up, never sideways: app → features → ui | data → photos | documents → domain.
const floors = ['app', 'features', 'ui', 'data', 'photos', 'documents', 'domain']
const sees = {
  domain: ['domain'],
  documents: ['documents', 'domain'],
  photos: ['photos', 'domain'],
  data: ['data', 'photos', 'documents', 'domain'],
  ui: ['ui', 'photos', 'documents', 'domain'],
  features: floors.filter((floor) => floor !== 'app'),
  app: floors,
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...floors.map((floor) => ({
      name: `${floor}-looks-down-only`,
      severity: 'error',
      from: { path: `^src/${floor}/` },
      to: { path: '^(src|mock-server|test)/', pathNot: `^src/(${sees[floor].join('|')})/` },
    })),
    {
      name: 'features-are-strangers',
      comment: 'What two features share moves down to ui or data.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'server-sees-domain-and-documents',
      comment: 'demo.ts also reads the sample applications, which tests and demonstration share.',
      severity: 'error',
      from: { path: '^mock-server/' },
      to: { path: '^(src|test)/', pathNot: '^(src/(domain|documents)|test/support/samples)/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/(yup|canonicalize)/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
  },
}
