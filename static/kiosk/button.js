/** A kiosk button: a label, sometimes an icon and a second line. */

import { el, setAttribute, setWords } from '../js/component.js';
import { onTap } from '../js/tap.js';

export class Button {
  #note;

  /**
   * @param {(event: Event) => void} action
   * @param {{kind?: string, icon?: SVGElement | null}} [options] `kind`: further CSS classes
   */
  constructor(action, { kind = '', icon = null } = {}) {
    this.label = el('span', { class: 'button-label' });
    this.#note = el('span', { class: 'button-note', hidden: true });
    this.words = el('span', { class: 'button-words' }, this.label, this.#note);
    this.element = el(
      'button',
      { type: 'button', class: `button ${kind}`.trim() },
      icon,
      this.words,
    );
    onTap(this.element, action);
  }

  /** @param {{text: string, note?: string, pressed?: boolean, hidden?: boolean, off?: boolean}} model */
  render({ text, note = '', pressed, hidden = false, off = false }) {
    setWords(this.label, text);
    setWords(this.#note, note);
    this.#note.hidden = note === '';
    this.element.hidden = hidden;
    setAttribute(this.element, 'aria-pressed', pressed === undefined ? null : String(pressed));
    setAttribute(this.element, 'aria-disabled', off ? 'true' : null);
  }
}
