/** A form of a few fields: sent once at a time; what is wrong stands in one line, at its field. */

import { setAttribute, setText } from './component.js';

/** An answer that cannot be taken, with the field that has to change. */
export class Wrong extends Error {
  /**
   * @param {string} text for the person
   * @param {HTMLInputElement | {input?: HTMLElement, inputs?: HTMLElement[]} | null} [field]
   */
  constructor(text, field = null) {
    super(text);
    this.field = field;
  }
}

export class Form {
  #element;
  #refusal;
  #send;
  #explain;
  #busy = false;

  /**
   * @param {HTMLFormElement} element
   * @param {HTMLElement} refusal the line that says why it did not work
   * @param {object} options
   * @param {(given?: any) => Promise<void>} options.send reads the fields and sends them
   * @param {(error: Error) => Wrong} options.explain what an error that is no Wrong means here
   */
  constructor(element, refusal, { send, explain }) {
    this.#element = element;
    this.#refusal = refusal;
    this.#send = send;
    this.#explain = explain;
    element.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  /** Send it, unless it is on its way already. `given` goes to `send` as it is. */
  async submit(given) {
    if (this.#busy) return;
    this.#busy = true;
    setAttribute(this.#element, 'aria-busy', 'true');
    this.refuse(null);
    try {
      await this.#send(given);
    } catch (error) {
      this.refuse(error instanceof Wrong ? error : this.#explain(error));
    } finally {
      this.#busy = false;
      setAttribute(this.#element, 'aria-busy', null);
    }
  }

  /**
   * Say what is wrong and go to its field; null takes it back.
   * @param {Wrong | null} wrong
   */
  refuse(wrong) {
    this.#refusal.hidden = wrong === null;
    setText(this.#refusal, wrong?.message ?? '');
    for (const input of this.#element.querySelectorAll('[aria-invalid]')) setAttribute(input, 'aria-invalid', null);
    const field = wrong?.field;
    if (!field) return;
    const inputs = field.inputs ?? [field.input ?? field];
    for (const input of inputs) setAttribute(input, 'aria-invalid', 'true');
    inputs[0].focus();
  }
}
