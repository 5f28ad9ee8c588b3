export { createGuide, type Guide } from './guide.ts'
