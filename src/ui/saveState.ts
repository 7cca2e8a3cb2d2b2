/** 正在保存 · 已存本机 · 已存本机，正在同步 · 已同步 · 已提交 · 没有存上 */
export type SaveState = 'saving' | 'saved' | 'syncing' | 'synced' | 'submitted' | 'unsaved'
