import { chooseCamera, listCameras } from '@ikd/ui/reader'

// The choice is one for the whole desk: the reader of QR codes and the face capture look through the same camera.
export { chooseCamera, listCameras }

const choiceKey = 'ikd.camera'

/**
 * Opens the chosen camera at the size that is sent, else whichever there is. Rejects as `getUserMedia` does (Media Capture and
 * Streams §10.3.1), and with a TypeError outside a secure context.
 */
export async function openCamera(): Promise<MediaStream> {
  const picture = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } }
  const deviceId = localStorage.getItem(choiceKey)
  if (deviceId !== null) {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...picture, deviceId: { exact: deviceId } } })
    } catch (error) {
      // Taken away since it was chosen.
      if (!(error instanceof DOMException) || !['OverconstrainedError', 'NotFoundError'].includes(error.name)) throw error
    }
  }
  return navigator.mediaDevices.getUserMedia({ audio: false, video: picture })
}

/** A cable pulled out mid-way ends the track; said with the name the problem texts know. */
export function cameraLost(): DOMException {
  return new DOMException('the camera has stopped', 'InvalidStateError')
}
