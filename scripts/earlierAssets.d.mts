export const KEPT_DAYS: number
export function setAside(assets: string, store: string): Promise<void>
export function bringBack(assets: string, store: string, now: number): Promise<void>
