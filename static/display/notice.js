/** A notice over the whole screen, in both languages. */

import { el } from '../js/component.js';
import { fit, overflowOf } from './fit.js';

export class Notice {
  #box;
  #content;
  #indonesian = el('p', { class: 'notice-first', lang: 'id' });
  #english = el('p', { class: 'notice-second', lang: 'en' });

  /** @param {HTMLElement} box covers the screen while it is not hidden */
  constructor(box) {
    this.#box = box;
    this.#content = el('div', { class: 'notice-content' }, this.#indonesian, this.#english);
    box.replaceChildren(this.#content);
  }

  /** @param {{text: {id: string, en: string}}} notice */
  show({ text }) {
    this.#indonesian.replaceChildren(...sentences(text.id));
    this.#english.replaceChildren(...sentences(text.en));
    this.#box.hidden = false;
    this.resize();
  }

  /** Fit the text to the room again. */
  resize() {
    if (!this.#box.hidden) fit(this.#box, () => overflowOf(this.#box, this.#content), 0.2);
  }

  hide() {
    this.#box.hidden = true;
  }
}

/** Each sentence begins a line of its own. */
function sentences(text) {
  return text.split(/(?<=[.!?]) /).flatMap((sentence) => [el('span', { text: sentence }), ' ']);
}
