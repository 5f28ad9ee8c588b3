const storageKey = 'ikd.camera'

export interface CameraChoice {
  readonly deviceId: string
  readonly label: string
}

/** An open camera. */
export interface Camera {
  readonly stream: MediaStream
  readonly deviceId: string | undefined
  /** A picture of the person before the screen reads naturally only when mirrored. */
  readonly facesUser: boolean
  readonly hasTorch: boolean
  setTorch(on: boolean): Promise<void>
  close(): void
}

/** Opens the camera chosen before, else the one that looks away from the person; one that is gone is forgotten. Rejects as `openVideo` does. */
export async function openCamera(): Promise<Camera> {
  const camera = toCamera(await openVideo({ width: { ideal: 1280 }, height: { ideal: 720 } }, { facingMode: { ideal: 'environment' } }))
  if (camera.deviceId !== localStorage.getItem(storageKey)) localStorage.removeItem(storageKey)
  return camera
}

/**
 * The picture of the camera chosen before; where that has been taken away, of another, preferably as wished; and where no camera gives
 * what was asked for, of any at all. Rejects as `getUserMedia` does (Media Capture and Streams §10.2.5), except that a device without
 * cameras is always told by NotFoundError: WebKit says OverconstrainedError there. Outside a secure context, with a TypeError.
 */
export async function openVideo(size: MediaTrackConstraints, otherwise: MediaTrackConstraints = {}): Promise<MediaStream> {
  const open = (video: MediaTrackConstraints | true) => navigator.mediaDevices.getUserMedia({ audio: false, video })
  const chosen = localStorage.getItem(storageKey)
  if (chosen !== null) {
    try {
      return await open({ ...size, deviceId: { exact: chosen } })
    } catch (error) {
      if (!hasNoSuchCamera(error)) throw error
    }
  }
  try {
    return await open({ ...size, ...otherwise })
  } catch (error) {
    if (nameOf(error) !== 'OverconstrainedError') throw error
    if ((await listCameras()).length === 0) throw new DOMException('there is no camera', 'NotFoundError')
    return open(true)
  }
}

function hasNoSuchCamera(error: unknown): boolean {
  const name = nameOf(error)
  return name === 'OverconstrainedError' || name === 'NotFoundError'
}

/** OverconstrainedError is a DOMException in newer engines only. */
function nameOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string' ? error.name : undefined
}

export function chooseCamera(deviceId: string): void {
  localStorage.setItem(storageKey, deviceId)
}

/** Names are known only once a camera has been allowed. */
export async function listCameras(): Promise<readonly CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ deviceId, label }))
}

// Not in the DOM's typings: Image Capture §7 adds `torch` to capabilities and constraints.
interface TorchCapabilities extends MediaTrackCapabilities {
  readonly torch?: boolean
}

interface TorchConstraint extends MediaTrackConstraintSet {
  readonly torch: boolean
}

function toCamera(stream: MediaStream): Camera {
  const track = stream.getVideoTracks()[0] as MediaStreamTrack
  const settings = track.getSettings()
  // Firefox has no capabilities of a track.
  const capabilities: TorchCapabilities = track.getCapabilities?.() ?? {}
  return {
    stream,
    deviceId: settings.deviceId,
    facesUser: settings.facingMode === 'user',
    hasTorch: capabilities.torch === true,
    setTorch: (on) => track.applyConstraints({ advanced: [{ torch: on } as TorchConstraint] }),
    close: () => {
      for (const each of stream.getTracks()) each.stop()
    },
  }
}
