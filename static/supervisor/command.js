/** Sending commands: forms and buttons that say in place what became of them. */

import { ApiError, newKey, post } from '../js/api.js';
import { el } from '../js/component.js';
import { t } from '../js/i18n.js';

/** What was typed cannot be sent; the message says why. */
export class InputError extends Error {
  constructor(message, input = null) {
    super(message);
    this.input = input;
  }
}

/**
 * What went wrong, as a sentence for the person at the screen.
 * @param {unknown} error
 * @returns {string}
 */
export function problemText(error) {
  if (error instanceof InputError) return error.message;
  if (!(error instanceof ApiError)) {
    console.error(error);
    return t('Something went wrong on this page. Reload it and look before trying again.');
  }
  if (error.status === 0)
    return t('No answer from the server. Look whether it was done before trying again.');
  if (error.status === 401) return t('You are no longer signed in. Sign in again.');
  return error.detail || t('The server refused this ({code}).', { code: error.code });
}

/** The line under a form or button: an error (read out at once) or what was done. */
export class Outcome {
  root = el('div', { class: 'outcome', 'aria-live': 'polite' });

  clear() {
    this.root.replaceChildren();
  }

  fail(error) {
    this.root.replaceChildren(el('p', { class: 'problem', role: 'alert', text: problemText(error) }));
  }

  succeed(...content) {
    const [first] = content;
    this.root.replaceChildren(
      ...(typeof first === 'string' ? [el('p', { class: 'done', text: first })] : content),
    );
  }
}

let afterwards = () => {};

/**
 * Call a function after each command that succeeded, so that the page shows what it changed.
 * @param {() => void} listener
 */
export function afterEachCommand(listener) {
  afterwards = listener;
}

/**
 * Sends one command at a time. A repetition after a lost answer carries the same key, so that
 * the server does it once.
 */
class Sender {
  #busy = false;
  #last = '';
  #key = null;

  async send(url, body) {
    const request = JSON.stringify([url, body]);
    if (request !== this.#last || this.#key === null) this.#key = newKey();
    this.#last = request;
    try {
      const answer = await post(url, body, { key: this.#key });
      this.#key = null;
      afterwards();
      return answer;
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 0) this.#key = null;
      throw error;
    }
  }

  /** Run `work` unless the last one is still under way. */
  async once(button, work) {
    if (this.#busy) return;
    this.#busy = true;
    button.setAttribute('aria-busy', 'true');
    try {
      await work();
    } finally {
      this.#busy = false;
      button.removeAttribute('aria-busy');
    }
  }
}

/**
 * A form for one command.
 * @param {object} options
 * @param {string} options.submit text of the button
 * @param {HTMLElement[]} options.fields
 * @param {() => [string, object]} options.request address and body; may throw InputError
 * @param {(answer: object) => string | Node | void} [options.done] what to show afterwards
 * @param {() => void} [options.cancel] with it there is a button to leave the form
 * @param {boolean} [options.alert] a command that cannot be undone easily
 * @param {string} [options.title]
 * @param {boolean} [options.keep] keep what was typed after success
 * @returns {HTMLFormElement}
 */
export function commandForm({ submit, fields, request, done, cancel, alert = false, title, keep = false }) {
  const outcome = new Outcome();
  const sender = new Sender();
  const button = el('button', {
    type: 'submit',
    class: `button ${alert ? 'button-alert' : 'button-primary'}`,
    text: submit,
  });
  const form = el(
    'form',
    { class: 'command', novalidate: true, autocomplete: 'off' },
    title ? el('h2', { text: title }) : null,
    el('div', { class: 'fields' }, ...fields),
    el(
      'div',
      { class: 'buttons' },
      button,
      cancel
        ? el('button', { type: 'button', class: 'button', text: t('Back'), on: { click: cancel } })
        : null,
    ),
    outcome.root,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    sender.once(button, async () => {
      outcome.clear();
      mark(form, null);
      try {
        const answer = await sender.send(...request());
        if (!keep) form.reset();
        const shown = done?.(answer);
        if (shown) outcome.succeed(shown);
      } catch (error) {
        outcome.fail(error);
        mark(form, error);
      }
    });
  });
  form.outcome = outcome;
  return form;
}

/** Point at the input that an error is about. */
function mark(form, error) {
  for (const input of form.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid');
  if (!(error instanceof InputError) || !error.input) return;
  error.input.setAttribute('aria-invalid', 'true');
  error.input.focus();
}

/**
 * A button that sends at once; for what is easily taken back.
 * @param {object} options
 * @param {string} options.text
 * @param {() => [string, object]} options.request
 * @param {(answer: object) => string | void} [options.done]
 * @param {(error: unknown) => unknown} [options.failed] may return an error to show instead
 * @param {boolean} [options.primary]
 * @param {string} [options.label] what screen readers say, when the text alone is not enough
 * @returns {HTMLElement} with the button as `.button`
 */
export function commandButton({ text, request, done, failed, primary = false, label }) {
  const outcome = new Outcome();
  const sender = new Sender();
  const button = el('button', {
    type: 'button',
    class: primary ? 'button button-primary' : 'button',
    text,
    'aria-label': label,
  });
  button.addEventListener('click', () =>
    sender.once(button, async () => {
      outcome.clear();
      try {
        const answer = await sender.send(...request());
        const shown = done?.(answer);
        if (shown) outcome.succeed(shown);
      } catch (error) {
        outcome.fail(failed?.(error) ?? error);
      }
    }),
  );
  const box = el('div', { class: 'command-button' }, button, outcome.root);
  box.button = button;
  return box;
}

/** An input's whole number, or null when it is empty. Throws InputError. */
export function wholeNumber(box, { min = 0, max = 1_000_000, needed = false } = {}) {
  const text = box.input.value.trim();
  if (text === '' && !needed && !box.input.validity.badInput) return null;
  const value = Number(text);
  if (text === '' || !Number.isInteger(value) || value < min || value > max) {
    throw new InputError(t('Enter a whole number from {min} to {max}.', { min, max }), box.input);
  }
  return value;
}

/** An input's text. Throws InputError when it is needed and empty. */
export function neededText(box, message) {
  const text = box.input.value.trim();
  if (!text) throw new InputError(message, box.input);
  return text;
}
