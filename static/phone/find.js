/** From number and code to the ticket's page. */

import { post } from '../js/api.js';
import { loadMessages, t } from '../js/i18n.js';

const NUMBER = /^[a-z]-?\d{3,4}$/i;

class Find {
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
    const { number, trace } = this.#form.elements;
    const typed = number.value.replace(/\s/g, '');
    if (!NUMBER.test(typed)) {
      this.#refuse(t('A number is a letter and three digits, such as A-012.'), number);
      return;
    }
    this.#busy = true;
    this.#refusal.hidden = true;
    try {
      const body = { number: typed, trace: trace.value.trim() };
      const { path } = await post('/api/tickets/find', body, { timeout: 6000 });
      window.location.assign(`${path}?lang=${document.documentElement.lang}`);
    } catch (error) {
      this.#refuse(problem(error), trace);
    } finally {
      this.#busy = false;
    }
  }

  #refuse(text, field) {
    this.#refusal.textContent = text;
    this.#refusal.hidden = false;
    field.focus();
  }
}

function problem({ status, detail }) {
  if (status === 0) return t('There is no answer yet. Please try again.');
  if (status === 404) return t('Number and code do not match.');
  return detail || t('This was not possible. Please go to the staff.');
}

await loadMessages(document.documentElement.lang);
new Find(document.getElementById('find'), document.getElementById('refusal'));
