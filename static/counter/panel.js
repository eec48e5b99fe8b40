/** An inline panel with a form, in the card or at the side. One at a time; Escape closes it. */

import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';

/**
 * @typedef {object} PanelContent
 * @property {string} title
 * @property {object[]} fields of fields.js
 * @property {string} submit the button's text; empty for a panel without a form
 * @property {(values: object) => void} onSubmit
 * @property {HTMLElement} [focus] what has the focus first; default: the first field
 * @property {HTMLElement[]} [more] shown below the form
 */

export class Panel {
  #box;
  #onClose;
  #fields = [];
  #refusal = el('p', { class: 'notice notice-alert', role: 'alert', hidden: true });

  /** @param {HTMLElement} box @param {() => void} onClose */
  constructor(box, onClose) {
    this.#box = box;
    this.#onClose = onClose;
  }

  get open() {
    return !this.#box.hidden;
  }

  /** @param {PanelContent} content */
  show({ title, fields, submit, onSubmit, focus, more = [] }) {
    this.#fields = fields;
    keysOnlyOnTheFirst(fields.filter(({ inputs }) => inputs));
    const form = el(
      'form',
      { class: 'panel-form', novalidate: true },
      ...fields.map((field) => field.element),
      this.#refusal,
      submit && this.#buttons(submit),
    );
    this.refuse('');
    form.addEventListener('input', () => this.#update());
    form.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.repeat && event.target.matches('select')) form.requestSubmit();
      else this.#chooseByDigit(event);
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (this.#complete()) onSubmit(this.#values());
    });
    this.#box.replaceChildren(this.#head(title), form, ...more);
    this.#box.hidden = false;
    this.#update();
    const first = ['input:checked', 'input, select'].map((selector) => form.querySelector(selector));
    (focus ?? first.find(Boolean) ?? this.#box).focus();
  }

  /** Say why what was sent is refused. @param {string} text empty when it is not */
  refuse(text) {
    this.#refusal.hidden = !text;
    setText(this.#refusal, text);
  }

  /** Send the form as it is. */
  submit() {
    this.#box.querySelector('form')?.requestSubmit();
  }

  close() {
    this.#box.hidden = true;
    this.#box.replaceChildren();
    this.#fields = [];
  }

  #head(title) {
    const close = el('button', { type: 'button', class: 'button action action-third' });
    close.append(el('span', { text: t('Back') }), el('kbd', { text: 'Esc' }));
    close.addEventListener('click', () => this.#onClose());
    return el('header', { class: 'panel-head' }, el('h2', { text: title }), close);
  }

  #buttons(label) {
    return el(
      'button',
      { type: 'submit', class: 'button button-primary action action-main' },
      el('span', { text: label }),
      el('kbd', { text: 'Enter' }),
    );
  }

  #values() {
    const shown = this.#fields.filter((field) => !field.element.hidden);
    return Object.fromEntries(shown.map((field) => [field.name, field.value()]));
  }

  #update() {
    const all = Object.fromEntries(this.#fields.map((field) => [field.name, field.value()]));
    for (const field of this.#fields) {
      field.element.hidden = Boolean(field.condition) && !field.condition(all);
    }
  }

  /** Says of the first field that is wrong what is wrong with it, and puts the focus there. */
  #complete() {
    this.#box.querySelector('.field-fault')?.remove();
    const wrong = this.#fields.find((field) => !field.element.hidden && field.fault?.());
    wrong?.element.append(el('p', { class: 'field-fault', role: 'alert', text: wrong.fault() }));
    wrong?.input.focus();
    return !wrong;
  }

  #chooseByDigit(event) {
    if (event.target.matches('input:not([type=radio], [type=checkbox]), select')) return;
    const digit = Number(event.key);
    const chosen = this.#fields.find((field) => field.inputs && !field.element.hidden);
    const input = digit > 0 && chosen?.inputs[digit - 1];
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    input.focus();
    this.#update();
  }
}

/** The digits choose in the first group of choices only, so only that one shows them. */
function keysOnlyOnTheFirst([, ...others]) {
  for (const { element } of others) for (const key of element.querySelectorAll('kbd')) key.remove();
}
