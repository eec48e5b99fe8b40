/** Pairing: the code from the supervisor's page makes this device a kiosk, a display or a counter. */

import { newKey, post } from '../js/api.js';
import { el, setAttribute, setText } from '../js/component.js';
import { language, setLanguage, t } from '../js/i18n.js';
import { Pad } from '../js/pad.js';
import { onTap } from '../js/tap.js';

/** The letters and digits of pairing codes: none that look alike. */
const CODE_CHARACTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const CODE_PLACES = 7;
const SCREENS = { kiosk: '/kiosk', display: '/display', counter: '/counter' };

class PairPage {
  #busy = false;
  #error = null;
  #done = false;

  constructor(container) {
    this.title = el('h1');
    this.hint = el('p');
    this.message = el('p', { class: 'notice notice-alert', role: 'alert', hidden: true });
    this.pad = new Pad(() => this.#typed());
    this.send = el('button', { type: 'button', class: 'button button-primary' });
    this.language = el('button', { type: 'button', class: 'button' });
    onTap(this.send, () => this.#pair());
    onTap(this.language, () => this.#switchLanguage());
    window.addEventListener('keydown', (event) => {
      this.pad.type(event);
      if (event.key === 'Enter' && event.target !== this.send) this.#pair();
    });
    container.append(
      this.title,
      this.hint,
      this.message,
      this.pad.element,
      el('div', { class: 'pair-row' }, this.language, this.send),
    );
  }

  render() {
    const other = language() === 'id' ? 'en' : 'id';
    setText(this.title, this.#done ? t('This device is paired.') : t('Pair this device'));
    setText(this.hint, t('Type the code that the supervisor\'s page shows under "Devices".'));
    this.hint.hidden = this.#done;
    this.message.hidden = this.#error === null;
    setText(this.message, this.#error ?? '');
    this.pad.render({ characters: CODE_CHARACTERS, places: CODE_PLACES, label: t('Code') });
    this.pad.element.hidden = this.#done;
    setText(this.send, this.#busy ? t('One moment…') : t('Pair'));
    setAttribute(this.send, 'aria-disabled', this.#ready() ? null : 'true');
    this.send.hidden = this.#done;
    setText(this.language, other === 'en' ? 'English' : 'Bahasa Indonesia');
    this.language.lang = other;
  }

  #ready() {
    return !this.#busy && this.pad.text.length === CODE_PLACES;
  }

  #typed() {
    this.#error = null;
    this.render();
  }

  /** The code of a link or QR code, such as /pair#ABC2345: then nothing needs to be typed. */
  pairByAddress() {
    const code = window.location.hash.slice(1).toUpperCase();
    if (!code) return;
    window.history.replaceState(null, '', window.location.pathname);
    for (const key of code) this.pad.press(key);
    this.#pair();
  }

  #switchLanguage() {
    setLanguage(language() === 'id' ? 'en' : 'id');
    this.render();
  }

  async #pair() {
    if (!this.#ready()) return;
    this.#busy = true;
    this.#error = null;
    this.render();
    try {
      const { device } = await post(
        '/api/pair',
        { code: this.pad.text },
        { key: newKey(), timeout: 6000 },
      );
      this.#done = true;
      if (SCREENS[device?.kind]) window.location.replace(SCREENS[device.kind]);
    } catch (error) {
      this.#error =
        error.status === 0
          ? t('There is no answer yet. Please try again.')
          : error.detail || t('This was not possible.');
      this.pad.clear();
    } finally {
      this.#busy = false;
      this.render();
    }
  }
}

const page = new PairPage(document.getElementById('pair'));
page.render();
page.pairByAddress();
