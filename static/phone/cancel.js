/** "Cancel my number", asked once more on the same spot. */

import { el, setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { onTap } from '../js/tap.js';

export class Cancel {
  #asking = false;
  #model = { number: '', busy: false };

  /** @param {{cancel: () => void}} actions */
  constructor(actions) {
    this.ask = el('button', { type: 'button', class: 'button' });
    this.question = el('p', { class: 'question' });
    this.yes = el('button', { type: 'button', class: 'button button-alert' });
    this.no = el('button', { type: 'button', class: 'button' });
    this.confirm = el(
      'div',
      { class: 'confirm', role: 'group' },
      this.question,
      el('div', { class: 'pair-of-buttons' }, this.no, this.yes),
    );
    this.element = el('div', {}, this.ask, this.confirm);
    onTap(this.ask, () => this.#turn(true));
    onTap(this.no, () => this.#turn(false));
    onTap(this.yes, () => {
      if (!this.#model.busy) actions.cancel();
    });
  }

  /** @param {{number: string, busy: boolean, hidden: boolean}} model */
  render(model) {
    this.#model = model;
    this.element.hidden = model.hidden;
    if (model.hidden) this.#asking = false;
    this.ask.hidden = this.#asking;
    this.confirm.hidden = !this.#asking;
    setText(this.ask, t('Cancel my number'));
    setText(this.question, t('Cancel number {number}?', { number: model.number }));
    setAttribute(this.confirm, 'aria-label', this.question.textContent);
    setText(this.yes, model.busy ? t('One moment…') : t('Yes, cancel'));
    setText(this.no, t('No, keep it'));
  }

  #turn(asking) {
    this.#asking = asking;
    this.render(this.#model);
    (asking ? this.no : this.ask).focus();
  }
}
