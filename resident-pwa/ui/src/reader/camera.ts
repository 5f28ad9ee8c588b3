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

/**
 * Opens the camera chosen before, else the one that looks away from the person. Rejects as `getUserMedia` does; where the
 * page is not in a secure context, with a TypeError.
 */
export async function openCamera(): Promise<Camera> {
  const chosen = localStorage.getItem(storageKey)
  if (chosen === null) return open({ facingMode: { ideal: 'environment' } })
  try {
    return await open({ deviceId: { exact: chosen } })
  } catch (error) {
    // The camera chosen before has been taken away.
    if (!(error instanceof DOMException) || !['OverconstrainedError', 'NotFoundError'].includes(error.name)) throw error
    localStorage.removeItem(storageKey)
    return open({ facingMode: { ideal: 'environment' } })
  }
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

async function open(which: MediaTrackConstraints): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: false,
    video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } },
  })
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
