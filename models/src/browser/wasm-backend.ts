import { env, registerKernel } from '@tensorflow/tfjs-core'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/base.js'
import { addConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Add.js'
import { avgPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/AvgPool.js'
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/BatchMatMul.js'
import { castConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Cast.js'
import { concatConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Concat.js'
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D.js'
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedDepthwiseConv2D.js'
import { identityConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Identity.js'
import { maxPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool.js'
import { meanConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Mean.js'
import { padV2Config } from '@tensorflow/tfjs-backend-wasm/dist/kernels/PadV2.js'
import { reluConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Relu.js'
import { reshapeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape.js'
import { transposeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Transpose.js'
import { type Backend, useBackend } from './backend.ts'

/**
 * WebAssembly, which runs everywhere and is never lost.
 *
 * @param folder absolute address of the folder with the wasm files, with its last slash
 */
export function openWasm(folder: string): Backend {
  // Threads would be started from a blob, which `worker-src 'self'` forbids, and were never seen to help.
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  setWasmPaths(folder)
  return { use: () => useBackend('wasm'), lost: new Promise(() => {}), stop() {} }
}

// Only what the networks are made of, and Transpose, which Mean calls: all the library's kernels would be several times as much to load.
for (const kernel of [
  addConfig, avgPoolConfig, batchMatMulConfig, castConfig, concatConfig, fusedConv2DConfig, fusedDepthwiseConv2DConfig,
  identityConfig, maxPoolConfig, meanConfig, padV2Config, reluConfig, reshapeConfig, transposeConfig,
]) registerKernel(kernel)
