import { registerKernel } from '@tensorflow/tfjs-core'
import { setWebGLContext } from '@tensorflow/tfjs-backend-webgl/dist/base.js'
import { addConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Add.js'
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/AvgPool.js'
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/BatchMatMul.js'
import { castConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Cast.js'
import { concatConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Concat.js'
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/FusedConv2D.js'
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/FusedDepthwiseConv2D.js'
import { identityConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Identity.js'
import { maxPoolConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/MaxPool.js'
import { meanConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Mean.js'
import { padV2Config } from '@tensorflow/tfjs-backend-webgl/dist/kernels/PadV2.js'
import { reluConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Relu.js'
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Reshape.js'
import { type Backend, useBackend } from './backend.ts'

/**
 * WebGL 2 on a canvas that nothing else draws on. Chromium takes a context away when the card is reset, when too many are open,
 * or when a laptop changes cards.
 *
 * @throws Error when the canvas has no such context
 */
export function openWebgl(canvas: OffscreenCanvas): Backend {
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, stencil: false })
  if (gl === null) throw new Error('there is no WebGL 2 here')
  setWebGLContext(2, gl)
  const lost = new Promise<never>((_, reject) => {
    canvas.addEventListener('webglcontextlost', () => {
      reject(new Error('the WebGL context was lost'))
      // A lost context's fences never pass, and the backend would ask for them for ever: they pass, and nobody reads what comes of it.
      gl.clientWaitSync = () => gl.ALREADY_SIGNALED
    })
  })
  return { use: () => useBackend('webgl'), lost, stop: () => gl.getExtension('WEBGL_lose_context')?.loseContext() }
}

for (const kernel of [
  addConfig, avgPoolConfig, batchMatMulConfig, castConfig, concatConfig, fusedConv2DConfig, fusedDepthwiseConv2DConfig,
  identityConfig, maxPoolConfig, meanConfig, padV2Config, reluConfig, reshapeConfig,
]) registerKernel(kernel)
