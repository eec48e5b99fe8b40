/** Staff sign in: label, PIN, counter number; then on to the screen that was asked for. */

import { post } from '../js/api.js';
import { loadMessages, t } from '../js/i18n.js';

const SCREENS = ['/counter', '/supervisor', '/preview', '/setup/ready', '/kiosk', '/display'];

class SignIn {
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
    this.#busy = true;
    this.#refusal.hidden = true;
    const { name, pin, counter } = this.#form.elements;
    const body = { name: name.value.trim(), pin: pin.value };
    if (counter.value !== '') body.counter = Number(counter.value);
    try {
      const { role } = await post('/api/session', body, { timeout: 15_000 });
      window.location.assign(screenFor(role));
    } catch (error) {
      this.#refuse(error);
    } finally {
      this.#busy = false;
    }
  }

  #refuse(error) {
    this.#refusal.textContent =
      error.detail || t('The server does not answer. Please try again.');
    this.#refusal.hidden = false;
    const { pin } = this.#form.elements;
    pin.value = '';
    pin.focus();
  }
}

/** The screen that was asked for, else the one of the role; never another site. */
function screenFor(role) {
  const wanted = new URLSearchParams(window.location.search).get('next');
  if (SCREENS.includes(wanted)) return wanted;
  return role === 'supervisor' ? '/supervisor' : '/counter';
}

await loadMessages(document.documentElement.lang);
new SignIn(document.getElementById('sign-in'), document.getElementById('refusal'));
