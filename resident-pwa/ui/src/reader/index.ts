export { type CameraChoice, chooseCamera, listCameras, openVideo } from './camera.ts'
export { createQrDecoder, decodeQr, type QrDecoder } from './qr-decoder.ts'
export { IkdQrReader, type QrDetail } from './qr-reader.ts'
