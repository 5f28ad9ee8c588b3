import { findDemoFaces } from './demo/faces.ts'
import { writeFileSync } from 'node:fs'
for (const x of await findDemoFaces()) writeFileSync(`/tmp/face-work/faces/${x.id}.jpg`, x.jpeg)
