export function serveDist(root?: string): Promise<{ url: string; close: () => Promise<unknown> }>
