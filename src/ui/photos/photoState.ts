/** Where one picture is; green only when the server has confirmed its SHA-256. */
export type PhotoState =
  | { at: 'keeping' }
  | { at: 'kept' }
  | { at: 'sending'; percent: number }
  | { at: 'confirmed' }
  | { at: 'failed'; why: string }
