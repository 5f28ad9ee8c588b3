import { baseStyles, LocalisedElement } from '@ikd/ui'
import { property } from 'lit/decorators.js'
import type { Ports } from '../ports.ts'
import { screenStyles } from './screen-styles.ts'

/** A part of a screen that acts for itself: it has the screen's ports and looks. */
export abstract class Part extends LocalisedElement {
  static override styles = [baseStyles, screenStyles]

  @property({ attribute: false }) ports!: Ports
}
