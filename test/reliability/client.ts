/** What the runs need of the phone's own code; bundled for a browser and evaluated once per phone. */
export { Upload as Tus } from 'tus-js-client'
export { becomeAccount } from '../../src/data/adopt'
export { createDraft } from '../../src/data/drafts'
export { drain, keepDraining } from '../../src/data/drain'
export { newDatabaseName, phone, useDatabase } from '../../src/data/phone'
export { syncStatus } from '../../src/data/syncStatus'
export { wire } from '../../src/data/wire'
export { write } from '../../src/data/write'
