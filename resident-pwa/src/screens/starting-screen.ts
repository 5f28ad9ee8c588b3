import { say } from '@ikd/ui'
import { html } from 'lit'
import { customElement } from 'lit/decorators.js'
import { Screen } from '../components/screen.ts'

export const tag = 'ikd-starting-screen'

/** The moment in which the phone asks the server where it stands. */
@customElement(tag)
export class StartingScreen extends Screen {
  protected heading() {
    return say({ id: 'Membuka IKD', en: 'Opening IKD' })
  }

  protected body() {
    return html`<ikd-progress label=${say({ id: 'Memeriksa status ponsel ini', en: 'Checking where this phone stands' })}></ikd-progress>`
  }
}
