import { baseStyles, focusInSight, LocalisedElement } from '@ikd/ui'
import { html } from 'lit'
import { property } from 'lit/decorators.js'
import type { Ports } from '../ports.ts'
import { screenStyles } from './screen-styles.ts'

/** One screen: a heading that is the page's title and takes the focus on arrival, and a body. */
export abstract class Screen extends LocalisedElement {
  static override styles = [baseStyles, screenStyles]

  @property({ attribute: false }) ports!: Ports
  /** False on a page just loaded: there the browser's own focus is right. */
  @property({ attribute: false }) takesFocus = true

  protected abstract heading(): string
  protected abstract body(): unknown

  override render() {
    return html`<h1 tabindex="-1">${this.heading()}</h1>
      ${this.body()}`
  }

  protected override firstUpdated(): void {
    if (this.takesFocus) this.focusHeading()
  }

  protected override updated(): void {
    document.title = `${this.heading()} – IKD`
  }

  /** For a step inside one screen that reads like a new page. */
  protected focusHeading(): void {
    const heading = this.renderRoot.querySelector<HTMLElement>('h1')
    if (heading) focusInSight(heading)
  }
}
