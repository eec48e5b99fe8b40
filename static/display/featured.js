/** The call in large, or a message when there is none. */

import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { fit, overflowOf } from './fit.js';

const PULSE_MS = 5_000;

export class Featured {
  #box;
  #call;
  #message;
  #number;
  #counter;
  #title;
  #text;
  #pulsing = null;
  #last = '';

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
    this.#number = el('span', { class: 'featured-number number' });
    this.#counter = el('span', { class: 'featured-counter number' });
    this.#call = el(
      'p',
      { class: 'featured-call' },
      this.#number,
      el(
        'span',
        { class: 'featured-way' },
        el('span', { class: 'featured-arrow', 'aria-hidden': 'true' }),
        el('span', { class: 'featured-word', text: t('Counter') }),
      ),
      this.#counter,
    );
    this.#title = el('p', { class: 'featured-title' });
    this.#text = el('p', { class: 'featured-text' });
    this.#message = el('div', { class: 'featured-message' }, this.#title, this.#text);
    this.#box.replaceChildren(this.#call, this.#message);
  }

  /**
   * @param {{number: string, counter: number, state: string} | null} call
   * @param {{title: string, text: string}} message shown when there is no call
   */
  render(call, message) {
    const signature = JSON.stringify([call?.number, call?.counter, call?.state, !call && message]);
    if (signature === this.#last) return;
    this.#last = signature;
    this.#call.hidden = !call;
    this.#message.hidden = Boolean(call);
    this.#box.dataset.state = call ? call.state : 'message';
    if (call) {
      setText(this.#number, call.number);
      setText(this.#counter, call.counter);
    } else {
      setText(this.#title, message.title);
      setText(this.#text, message.text);
    }
    this.resize();
  }

  /** Fit the content to the room again. */
  resize() {
    const content = this.#call.hidden ? this.#message : this.#call;
    fit(this.#box, () => overflowOf(this.#box, content), 0.2);
  }

  /** Draw attention to a call that has just been made: once a second for five seconds. */
  pulse() {
    clearTimeout(this.#pulsing);
    this.#box.classList.remove('pulse');
    void this.#box.offsetWidth; // starts the animation again
    this.#box.classList.add('pulse');
    this.#pulsing = setTimeout(() => this.#box.classList.remove('pulse'), PULSE_MS);
  }
}
