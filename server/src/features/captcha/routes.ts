import { routes } from '@ikd/contract'
import type { Registrar } from '../../plugins/registrar.ts'
import type { CaptchaService } from './service.ts'

export function captchaRoutes(registrar: Registrar, captcha: CaptchaService): void {
  registrar.read(routes.service.captcha, ({ query }) => captcha.challenge(query.effort))
}
