/** What storing can come to; apart from the other failures because nothing needs it before something fails, or a photo. */

/** The phone's storage is full; says how much room the file needs, in bytes. */
export class StorageFull extends Error {
  override readonly name = 'StorageFull'
  constructor(
    readonly needed: number,
    cause: unknown,
  ) {
    super(`手机存储空间不够，这张照片需要 ${megabytes(needed)} MB，没有存进来。文字仍能填写；请到“存储空间”页清理后再拍。`, { cause })
  }
}

/** Never 0.0: a tenth of a megabyte is the least that is worth saying. */
const megabytes = (bytes: number) => Math.max(0.1, bytes / 1048576).toFixed(1)

/** Stored, and not there when it was looked for: such a picture must not be called kept. */
export class NotKept extends Error {
  override readonly name = 'NotKept'
  constructor() {
    super('手机没有把这张照片存住，请再拍一次。如果还是这样，请关掉别的应用或重启手机。')
  }
}

/** The browser has ended the connection to its database, and opening it again didn't help yet. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
  constructor(cause: unknown) {
    super('手机的存储暂时连不上，正在自动再试。内容没有丢，请先不要关掉应用。', { cause })
  }
}
