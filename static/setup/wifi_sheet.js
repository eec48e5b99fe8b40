/** A QR code that brings a phone or tablet into the office's Wi-Fi; name and password stay here. */

import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { textField } from './fields.js';
import { drawQr } from './qr.js';

export class WifiSheet {
  #name = null;
  #password = null;

  constructor() {
    this.form = el('form', { class: 'ready-form' });
    this.picture = el('img', { class: 'ready-qr ready-qr-large', alt: '', hidden: true });
    this.caption = el('p', { class: 'ready-caption', hidden: true });
    this.print = el('button', { type: 'button', class: 'button', hidden: true });
    this.root = el('div', { class: 'ready-sheet' }, this.form, this.picture, this.caption, this.print);
    this.print.addEventListener('click', () => window.print());
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#draw();
    });
  }

  words() {
    this.#name = textField({
      label: t('Name of the Wi-Fi'),
      value: this.#name?.value ?? '',
      attributes: { maxlength: 32 },
    });
    this.#password = textField({
      label: t('Password of the Wi-Fi'),
      value: this.#password?.value ?? '',
      hint: t('It goes into the QR code and is kept nowhere. Use a network of its own for citizens.'),
      attributes: { maxlength: 63 },
    });
    const make = el('button', { type: 'submit', class: 'button', text: t('Make a QR code') });
    this.form.replaceChildren(this.#name.root, this.#password.root, make);
    setText(this.print, t('Print this sheet'));
  }

  async #draw() {
    const name = this.#name.value;
    if (!name) {
      this.#name.input.focus();
      return;
    }
    await drawQr(this.picture, wifiText(name, this.#password.value), t('QR code of the Wi-Fi {name}', { name }));
    const drawn = this.picture.src !== '';
    for (const part of [this.picture, this.caption, this.print]) part.hidden = !drawn;
    setText(this.caption, t('Wi-Fi: {name}', { name }));
  }
}

/** The text that phones understand as a network to join. */
export function wifiText(name, password) {
  const escaped = (text) => text.replace(/([\\;,:"])/g, '\\$1');
  const secret = password ? `T:WPA;S:${escaped(name)};P:${escaped(password)};` : `T:nopass;S:${escaped(name)};`;
  return `WIFI:${secret};`;
}
