/** The best still that a stream gives; 2560 px is what a kept photo has at most. */
export async function openCamera(facing: 'user' | 'environment'): Promise<MediaStream> {
  const devices = typeof navigator === 'undefined' ? undefined : navigator.mediaDevices
  if (!devices?.getUserMedia) throw new Error('no camera stream in this browser')
  return devices.getUserMedia({
    audio: false,
    video: { facingMode: { ideal: facing }, width: { ideal: 2560 }, height: { ideal: 1920 } },
  })
}

/** The frame on show as a JPEG file, as if it had been picked from the album. */
export async function frameOf(video: HTMLVideoElement): Promise<File> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  const context = canvas.getContext('2d')
  if (!context || canvas.width === 0) throw new Error('no frame yet')
  context.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95))
  if (!blob) throw new Error('the frame could not be encoded')
  return new File([blob], 'camera.jpg', { type: 'image/jpeg' })
}
