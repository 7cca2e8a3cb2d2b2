/** The tables, by what they are about. */
export * from './tables/audit'
export * from './tables/drafts'
export * from './tables/files'
export * from './tables/people'
export * from './tables/submissions'
