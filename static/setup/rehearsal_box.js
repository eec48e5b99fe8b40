/** "Try one number": a call on the displays and a ticket, both outside the real day. */

import { post } from '../js/api.js';
import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';

export class RehearsalBox {
  #busy = false;
  #done;

  /** @param {() => void} done called when the server has begun a rehearsal */
  constructor(done) {
    this.#done = done;
    this.text = el('p');
    this.button = el('button', { type: 'button', class: 'button button-primary' });
    this.refusal = el('p', { class: 'notice notice-alert', role: 'alert', hidden: true });
    this.picture = el('img', { class: 'ready-ticket', hidden: true });
    this.root = el('div', { class: 'ready-rehearsal' }, this.text, this.button, this.refusal, this.picture);
    this.button.addEventListener('click', () => this.#begin());
  }

  words() {
    setText(this.text, t('Number {number} is called on every display and one ticket is printed, both marked as a drill. It is in no queue and in no figures.', { number: 'A-000' }));
    setText(this.button, t('Try one number'));
    this.picture.alt = t('The ticket of the rehearsal');
  }

  render({ rehearsal, printers }) {
    const done = rehearsal && ['printed', 'sent'].includes(rehearsal.paper);
    const drawn = (printers ?? []).some((printer) => printer.kind === 'preview' && printer.active);
    this.picture.hidden = !done || !drawn;
    if (this.picture.hidden) return;
    const url = `/preview/${rehearsal.print_job}.png`;
    if (this.picture.getAttribute('src') !== url) {
      this.picture.onerror = () => {
        this.picture.hidden = true; // it went to a real printer
      };
      this.picture.src = url;
    }
  }

  async #begin() {
    if (this.#busy) return;
    this.#busy = true;
    this.refusal.hidden = true;
    try {
      await post('/api/rehearsal');
      this.#done();
    } catch (error) {
      setText(this.refusal, error.detail || t('The server does not answer. Please try again.'));
      this.refusal.hidden = false;
    } finally {
      this.#busy = false;
    }
  }
}
