/** The first supervisor of a new office: label and PIN, then on to signing in. */

import { post } from '../js/api.js';
import { loadMessages, t } from '../js/i18n.js';

class SetUp {
  #form;
  #refusal;
  #busy = false;

  /** @param {HTMLFormElement} form @param {HTMLElement} refusal shows why it did not work */
  constructor(form, refusal) {
    this.#form = form;
    this.#refusal = refusal;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
  }

  async #submit() {
    if (this.#busy) return;
    const { code, label, pin, again } = this.#form.elements;
    if (pin.value !== again.value) {
      this.#refuse(t('The two PINs are not the same.'));
      return;
    }
    this.#busy = true;
    this.#refusal.hidden = true;
    const body = { label: label.value.trim(), pin: pin.value };
    if (code) body.code = code.value;
    try {
      await post('/api/setup', body, { timeout: 15_000 });
      window.location.assign('/signin?next=/supervisor');
    } catch (error) {
      this.#refuse(error.detail || t('The server does not answer. Please try again.'));
    } finally {
      this.#busy = false;
    }
  }

  #refuse(text) {
    this.#refusal.textContent = text;
    this.#refusal.hidden = false;
    const { pin, again } = this.#form.elements;
    pin.value = '';
    again.value = '';
    pin.focus();
  }
}

await loadMessages(document.documentElement.lang);
new SetUp(document.getElementById('set-up'), document.getElementById('refusal'));
