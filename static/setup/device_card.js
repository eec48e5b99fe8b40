/** One screen of the office: whether it is there, and how to bring it in. */

import { post } from '../js/api.js';
import { formatElapsed } from '../js/clock.js';
import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { drawQr } from './qr.js';

export class DeviceCard {
  #until = 0;
  #code = null;
  #paired = false;
  #drawn = '';

  constructor(device) {
    this.name = el('b', { class: 'ready-name' });
    this.state = el('span', { class: 'ready-state' });
    this.open = el('a', { class: 'button button-primary', target: `screen-${device.id}`, text: t('Open on this computer') });
    this.code = el('span', { class: 'ready-code' });
    this.left = el('span', { class: 'soft' });
    this.qr = el('img', { class: 'ready-qr', alt: '', hidden: true });
    this.renew = el('button', { type: 'button', class: 'button', text: t('New code'), 'aria-label': t('New code for {name}', { name: device.name }) });
    this.renew.addEventListener('click', () => this.#renew(device.id));
    this.elsewhere = el(
      'details',
      {},
      el('summary', { text: t('On another device') }),
      el('p', {}, this.code, ' ', this.left),
      this.qr,
      this.renew,
    );
    this.elsewhere.addEventListener('toggle', () => this.#draw());
    this.root = el(
      'li',
      { class: 'ready-screen', dataset: { kind: device.kind } },
      el('p', { class: 'ready-line' }, this.name, ' ', this.state),
      this.open,
      this.elsewhere,
    );
  }

  /** @param {object} device @param {string | null} address of the server for others @param {number} now */
  render(device, address, now) {
    this.#until = device.pairing?.until ?? 0;
    this.#code = device.pairing?.code ?? null;
    this.#paired = device.paired;
    this.address = address;
    this.kind = device.kind;
    setText(this.name, device.name);
    setText(this.state, device.connected ? t('connected') : device.paired ? t('paired, not open') : t('not paired yet'));
    this.root.dataset.state = device.connected ? 'ok' : 'wait';
    // An officer who signs in here would sign the supervisor out.
    const elsewhere = device.kind === 'counter';
    this.open.hidden = elsewhere || device.connected || (!this.#paired && !this.#code);
    this.open.href = this.#paired ? `/${device.kind}` : `/pair#${this.#code}`;
    this.elsewhere.hidden = device.connected;
    this.tick(now);
    this.#draw();
  }

  tick(now) {
    const left = this.#until - now;
    const good = this.#code !== null && left > 0;
    this.code.hidden = !good;
    setText(this.code, good ? `${this.#code.slice(0, 4)} ${this.#code.slice(4)}` : '');
    setText(this.left, good ? t('valid for {time}', { time: formatElapsed(left) }) : t('The code is too old.'));
    this.renew.hidden = good && left > 60_000;
    this.qr.hidden = !good || !this.address;
  }

  async #draw() {
    const text = `${this.address}/pair#${this.#code}`;
    if (!this.elsewhere.open || !this.address || !this.#code || this.#drawn === text) return;
    this.#drawn = text;
    await drawQr(this.qr, text, t('QR code to pair {name}', { name: this.name.textContent }));
  }

  async #renew(id) {
    this.renew.disabled = true;
    try {
      await post(`/api/devices/${id}/pair`);
    } catch {
      // the next snapshot shows that there is no new code
    } finally {
      this.renew.disabled = false;
    }
  }
}
