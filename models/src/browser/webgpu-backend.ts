import { registerBackend, registerKernel } from '@tensorflow/tfjs-core'
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/backend_webgpu.js'
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add.js'
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/AvgPool.js'
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul.js'
import { castConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Cast.js'
import { concatConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Concat.js'
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedConv2D.js'
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedDepthwiseConv2D.js'
import { identityConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Identity.js'
import { maxPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/MaxPool.js'
import { meanConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Mean.js'
import { padV2Config } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/PadV2.js'
import { reluConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Relu.js'
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape.js'
import { type Backend, useBackend } from './backend.ts'

/** What the kernels need more of than every adapter gives unasked (WebGPU, "limits"). */
const limits = [
  'maxBufferSize', 'maxComputeInvocationsPerWorkgroup', 'maxComputeWorkgroupSizeX', 'maxComputeWorkgroupsPerDimension',
  'maxComputeWorkgroupStorageSize', 'maxStorageBufferBindingSize',
] as const

/** @throws Error when the adapter gives no device */
export async function openWebgpu(adapter: GPUAdapter): Promise<Backend> {
  const device = await adapter.requestDevice({ requiredLimits: Object.fromEntries(limits.map((name) => [name, adapter.limits[name]])) })
  registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info))
  const lost = new Promise<never>((_, reject) => {
    void device.lost.then(({ message }) => reject(new Error(`the WebGPU device was lost: ${message}`)))
    // A computation that the device refuses leaves its result as it was, and says so here only.
    device.onuncapturederror = ({ error }) => reject(new Error(`the WebGPU device failed: ${error.message}`))
  })
  return { use: () => useBackend('webgpu'), lost, stop: () => device.destroy() }
}

for (const kernel of [
  addConfig, avgPoolConfig, batchMatMulConfig, castConfig, concatConfig, fusedConv2DConfig, fusedDepthwiseConv2DConfig,
  identityConfig, maxPoolConfig, meanConfig, padV2Config, reluConfig, reshapeConfig,
]) registerKernel(kernel)
