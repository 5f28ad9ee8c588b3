import { chooseCamera, listCameras, openVideo } from '@ikd/ui/reader'

// The choice is one for the whole desk: the reader of QR codes and the face capture look through the same camera.
export { chooseCamera, listCameras }

/** Opens the chosen camera at the size that is sent, else whichever there is; the choice stays, for a cable may be plugged in again. Rejects as `openVideo` does. */
export function openCamera(): Promise<MediaStream> {
  return openVideo({ width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } })
}

/** A cable pulled out mid-way ends the track; said with the name the problem texts know. */
export function cameraLost(): DOMException {
  return new DOMException('the camera has stopped', 'InvalidStateError')
}
