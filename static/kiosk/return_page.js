/** "I am back": the number and the code of the paper, typed on the screen or on a keypad. */

import { ApiError, newKey, post } from '../js/api.js';
import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { CROCKFORD, Pad } from '../js/pad.js';
import { Button } from './button.js';
import { Message } from './message.js';

const CODE_PLACES = 8;
const NUMBER_PLACES = { places: 5, least: 4 };
/** The code as the speaking mode says it: digits, for a keypad has no letters. */
const SPOKEN_PLACES = 4;
const DIGITS = '0123456789';
/** One key each. */
const SPOKEN_LETTERS = 8;

export class ReturnPage {
  #model = null;
  #number = null;
  #busy = false;
  #error = null;
  #welcome = null;
  /** Raised with each refusal, so that it is said each time. */
  #failures = 0;
  /** Raised when the page is left, so that a late answer is not shown to the next person. */
  #visit = 0;

  /** @param {{back: Function, changed: Function}} actions */
  constructor(actions) {
    this.actions = actions;
    this.title = el('h1', { tabindex: '-1' });
    this.hint = el('p');
    this.message = new Message();
    this.pad = new Pad(() => this.#typed(), { apart: true });
    this.next = new Button(() => this.#next(), { kind: 'button-primary next' });
    this.head = el('div', { class: 'head' }, this.title, this.hint, this.message.element);
    this.body = el(
      'div',
      { class: 'body' },
      this.pad.element,
      el('div', { class: 'row' }, this.pad.eraser, this.next.element),
    );
  }

  /** Forget what was typed. */
  reset() {
    this.#visit += 1;
    this.#number = null;
    this.#busy = false;
    this.#error = null;
    this.#welcome = null;
    this.pad.clear();
  }

  render(model) {
    this.#model = model;
    const asksCode = this.#number !== null;
    const done = this.#welcome !== null;
    setText(this.title, done ? t('Welcome back') : t('I am back'));
    setText(
      this.hint,
      asksCode
        ? t('Type the code of number {number}. It stands at the bottom of your paper.', {
            number: this.#number,
          })
        : t('Type your number, such as A012.'),
    );
    this.hint.hidden = done || this.#error !== null;
    this.message.render(this.#welcome ?? this.#error);
    this.pad.element.hidden = done;
    this.pad.eraser.hidden = done;
    this.pad.render({
      characters: this.#characters(asksCode),
      ...(asksCode ? { places: this.#codePlaces() } : NUMBER_PLACES),
      label: asksCode ? t('Code') : t('Number'),
    });
    this.next.render({
      text: this.#nextText(asksCode),
      off: !done && (this.#busy || !this.#complete()),
    });
  }

  /**
   * In the speaking mode: the letter by its key, then the digits, then the code that was heard.
   * @returns {import('./speaking.js').Speech}
   */
  speech() {
    if (this.#welcome !== null) {
      return {
        state: 'return welcome',
        words: [`ticket:${this.#number}`, 'waiting_again', 'listen'],
        choices: [{ element: this.next.element, words: ['done'] }],
      };
    }
    const problem = this.#error?.say ?? [];
    if (this.#number !== null) {
      return {
        state: `return code ${this.#failures}`,
        words: [...problem, `ticket:${this.#number}`, 'type_code'],
        choices: [],
        typed: (key) => this.#typeCode(key),
      };
    }
    if (this.pad.text !== '') {
      return {
        state: 'return digits',
        words: ['type_digits'],
        choices: [],
        typed: (key) => this.#typeDigits(key),
      };
    }
    const letters = this.#letters();
    if (letters.length > SPOKEN_LETTERS) return { state: 'return', words: ['ask_staff'], choices: [] };
    return {
      state: 'return letter',
      words: ['type_letter'],
      choices: letters.map((letter) => ({
        element: this.pad.keyFor(letter),
        words: [`letter:${letter}`],
      })),
    };
  }

  /** The digits after the letter; `*` takes back one, at last the letter. */
  #typeDigits(key) {
    if (key === 'enter') {
      if (!this.#complete()) return ['type_digits'];
      this.#next();
      return [];
    }
    if (key === '*') {
      this.pad.press('delete');
      return this.pad.text === '' ? [] : ['deleted'];
    }
    const before = this.pad.text;
    this.pad.press(key);
    return this.pad.text === before ? ['type_digits'] : [`number:${key}`];
  }

  /** The code that was heard; with its last digit it is sent. */
  #typeCode(key) {
    if (this.#busy) return [];
    if (key === 'enter') return ['type_code'];
    if (key === '*') {
      if (this.pad.text === '') return null;
      this.pad.press('delete');
      return ['deleted'];
    }
    this.pad.press(key);
    if (this.#complete()) this.#next();
    return [`number:${key}`];
  }

  #nextText(asksCode) {
    if (this.#welcome !== null) return t('Done');
    if (this.#busy) return t('One moment…');
    return asksCode ? t('I am here') : t('Next');
  }

  #characters(asksCode) {
    if (!asksCode) return [...this.#letters(), ...DIGITS].join('');
    return this.#model.speaking ? DIGITS : CROCKFORD;
  }

  #letters() {
    return [...new Set((this.#model?.snapshot?.services ?? []).map((service) => service.letter))];
  }

  #codePlaces() {
    return this.#model?.speaking ? SPOKEN_PLACES : CODE_PLACES;
  }

  #complete() {
    if (this.#number !== null) return this.pad.text.length === this.#codePlaces();
    return /^[A-Z]\d{3,4}$/.test(this.pad.text);
  }

  #typed() {
    this.#error = null;
    this.actions.changed();
  }

  /** From the code back to the number. @returns {boolean} whether there was such a step */
  back() {
    if (this.#busy) return true;
    if (this.#number === null || this.#welcome !== null) return false;
    this.reset();
    this.actions.changed();
    return true;
  }

  #next() {
    if (this.#welcome !== null) {
      this.actions.back();
      return;
    }
    if (this.#busy || !this.#complete()) return;
    if (this.#number === null) {
      this.#number = `${this.pad.text[0]}-${this.pad.text.slice(1)}`;
      this.pad.clear();
      this.actions.changed();
    } else this.#send();
  }

  async #send() {
    const visit = this.#visit;
    this.#busy = true;
    this.actions.changed();
    let error = null;
    try {
      await post(
        '/api/tickets/return',
        { number: this.#number, [this.#model.speaking ? 'digits' : 'trace']: this.pad.text },
        { key: newKey(), timeout: 5000 },
      );
    } catch (problem) {
      error = returnProblem(problem);
    }
    if (visit !== this.#visit) return;
    this.#busy = false;
    this.#error = error;
    if (error !== null) this.#failures += 1;
    if (error !== null && this.#model.speaking) this.pad.clear();
    if (error === null) {
      this.#welcome = {
        title: t('Number {number} is waiting again.', { number: this.#number }),
        detail: t('Please listen for the call and watch the display.'),
      };
    }
    this.actions.changed();
  }
}

function returnProblem(problem) {
  if (!(problem instanceof ApiError)) throw problem;
  if (problem.status === 0)
    return {
      title: t('There is no answer yet.'),
      detail: t('Please try again.'),
      alert: true,
      say: ['not_done'],
    };
  if (problem.status === 404) {
    return {
      title: t('Number and code do not match.'),
      detail: t('Please check both, or go to the staff.'),
      alert: true,
      say: ['not_match'],
    };
  }
  return {
    title: t('This was not possible.'),
    detail: problem.detail || t('Please go to the staff.'),
    alert: true,
    say: ['not_done', 'ask_staff'],
  };
}
