/**
 * The first run: one question a page. The server keeps each answer, so the wizard goes on where it
 * was left, also on another device; PINs are kept as hashes only and never come back.
 */

import { get, post } from '../js/api.js';
import { clock } from '../js/clock.js';
import { el, setText } from '../js/component.js';
import { Form, Wrong } from '../js/form.js';
import { language, setLanguage, t } from '../js/i18n.js';
import { CodePage } from './code_page.js';
import { QUESTIONS } from './questions.js';
import { SummaryPage } from './summary_page.js';

const SUMMARY = 'check';
const NAMES = [...QUESTIONS.map((question) => question.name), SUMMARY];
const ANSWER_WITHIN = 15_000;
const NO_ANSWER = () => t('The server does not answer. Please try again.');

class Wizard {
  #status = null;
  #answers = {};
  #answered = new Set();
  #page = null;
  #shown = null;
  #drafts = new Map();
  #resumedAt = null;
  #form;

  constructor(root) {
    this.step = el('p', { class: 'soft wizard-step', 'aria-live': 'polite' });
    this.language = el('button', { type: 'button', class: 'wizard-language' });
    this.title = el('h1', { tabindex: '-1' });
    this.body = el('div', { class: 'wizard-body' });
    this.refusal = el('p', { class: 'notice notice-alert', role: 'alert', hidden: true });
    this.back = el('button', { type: 'button', class: 'button' });
    this.next = el('button', { type: 'submit', class: 'button button-primary' });
    this.more = el('div', { class: 'wizard-more' });
    const form = el(
      'form',
      { class: 'form wizard-form', novalidate: true },
      this.title,
      this.body,
      this.refusal,
      el('div', { class: 'wizard-acts' }, this.back, this.more, this.next),
    );
    root.append(el('header', { class: 'wizard-top' }, this.step, this.language), form);
    this.#form = new Form(form, this.refusal, {
      send: (given) => this.#take(given),
      explain: (error) => this.#explain(error),
    });
    this.back.addEventListener('click', () => this.#go(this.#index - 1));
    this.next.hidden = this.back.hidden = true; // until there is a question
    setText(this.title, t('Set up this office'));
    this.language.addEventListener('click', () => this.#switchLanguage());
    // The last page tells what the server has, whatever another tab has answered since.
    window.addEventListener('hashchange', () => (this.#index === NAMES.length - 1 ? this.load() : this.#show()));
  }

  async start() {
    await this.#enterWithCodeOfAddress();
    await this.load();
  }

  /** Ask the server where the set-up stands, and show the question that comes next. */
  async load() {
    try {
      const asked = Date.now();
      this.#status = await get('/api/setup');
      this.#clockOff = this.#status.clock ? (asked + Date.now()) / 2 - this.#status.clock.wall : null;
    } catch {
      this.#form.refuse(new Wrong(t('The server does not answer. Trying again by itself.')));
      setTimeout(() => this.load(), 3000);
      return;
    }
    if (this.#status.finished) {
      window.location.replace('/setup/ready');
      return;
    }
    if (!this.#status.code_needed) {
      this.#answers = this.#status.answers;
      this.#answered = new Set(this.#status.answered);
      clock.sync(this.#status.clock.wall, this.#answers.zone);
      if (!NAMES.includes(window.location.hash.slice(1))) {
        this.#go(this.#firstOpen(), true);
        if (this.#answered.size > 0) this.#resumedAt = NAMES[this.#firstOpen()];
      }
    }
    this.#show();
  }

  #clockOff = null;

  /** @returns {number | null} this device's clock minus the server's, in ms */
  clockOff() {
    return this.#clockOff;
  }

  async confirmClock() {
    await post('/api/setup/clock', {}, { timeout: ANSWER_WITHIN });
  }

  /** Take the answers of this page (or these), keep them at the server, and go on. */
  submit(given = null) {
    return this.#form.submit(given);
  }

  async #take(given) {
    const answers = given ?? this.#page.answers();
    await this.#page.then?.();
    if (answers && Object.keys(answers).length > 0) await this.#keep(answers);
    this.#shown = null; // what was typed is kept now
    if (this.#page.finish) await this.#page.finish();
    else this.#go(this.#index + 1);
  }

  get #index() {
    return Math.max(0, NAMES.indexOf(window.location.hash.slice(1)));
  }

  /** The first question that nobody has answered yet. */
  #firstOpen() {
    const keys = { zone: 'zone', clock: 'zone', hours: 'opens', polling: 'polling_day', paper: 'paper_mm', network: 'lan' };
    const open = QUESTIONS.findIndex(({ name }) => !this.#answered.has(keys[name] ?? name));
    return open < 0 ? NAMES.length - 1 : open;
  }

  #go(index, replace = false) {
    const hash = `#${NAMES[Math.min(Math.max(index, 0), NAMES.length - 1)]}`;
    if (replace) window.history.replaceState(null, '', hash);
    else window.location.hash = hash;
  }

  /** An error as a sentence. Where another tab or device has finished, go where that ended. */
  #explain(error) {
    if (error.status === 409 && error.code === 'conflict') window.location.replace('/setup/ready');
    return new Wrong(error.detail || NO_ANSWER());
  }

  /** Remember what is typed and not sent yet: going back or another language must not lose it. */
  #putAside() {
    if (this.#shown) this.#drafts.set(this.#shown, [...this.#inputs()].map((input) => [input.value, input.checked]));
  }

  #takeUp(name) {
    const draft = this.#drafts.get(name) ?? [];
    this.#drafts.delete(name);
    this.#shown = name;
    [...this.#inputs()].forEach((input, index) => {
      if (!draft[index]) return;
      [input.value, input.checked] = draft[index];
      input.dispatchEvent(new Event('change'));
    });
  }

  #inputs() {
    return this.body.querySelectorAll('input, select');
  }

  #show() {
    this.#putAside();
    this.#page?.leave?.();
    this.#form.refuse(null);
    const index = this.#index;
    const coded = this.#status.code_needed;
    const question = coded ? null : QUESTIONS[index];
    const view = { answers: this.#answers, answered: this.#answered, status: this.#status };
    const kit = { ...view, wizard: this, clockOff: () => this.clockOff(), confirmClock: () => this.confirmClock() };
    if (coded) this.#page = new CodePage(() => this.load());
    else this.#page = question ? question.build(kit) : new SummaryPage(view, (name) => this.#go(NAMES.indexOf(name)));
    setText(this.title, question ? question.title() : this.#page.title);
    setText(this.step, coded ? '' : t('Question {number} of {count}', { number: index + 1, count: NAMES.length }));
    setText(this.next, this.#page.next ?? t('Continue'));
    setText(this.back, t('Back'));
    setText(this.language, language() === 'id' ? 'English' : 'Bahasa Indonesia');
    this.language.lang = language() === 'id' ? 'en' : 'id';
    this.back.hidden = coded || index === 0;
    this.next.hidden = false;
    this.body.replaceChildren(...this.#resumed(NAMES[index]), ...this.#page.nodes);
    this.more.replaceChildren(...(this.#page.more ?? []));
    this.#takeUp(coded ? 'code' : NAMES[index]);
    document.title = t('{title} – set up', { title: this.title.textContent });
    const field = this.body.querySelector('input:not([type=radio]), select');
    (field && !field.closest('[hidden]') ? field : this.title).focus();
  }

  /** Whoever comes back is told once that nothing was lost. */
  #resumed(name) {
    if (name !== this.#resumedAt) {
      this.#resumedAt = null;
      return [];
    }
    return [el('p', { class: 'notice', text: t('Your earlier answers are kept. Go on here; with "Back" you can look at them.') })];
  }

  async #keep(answers) {
    await post('/api/setup/answers', answers, { timeout: ANSWER_WITHIN });
    for (const [name, value] of Object.entries(answers)) {
      this.#answered.add(name);
      if (name === 'supervisor' || name === 'deputy') this.#answers[name] = value && { label: value.label };
      else if (name === 'lan') this.#answers.lan = value ? 'on' : 'off';
      else this.#answers[name] = value;
    }
  }

  #switchLanguage() {
    setLanguage(language() === 'id' ? 'en' : 'id');
    this.#show();
  }

  /** The printed address carries the code; it does not stay in the address bar. */
  async #enterWithCodeOfAddress() {
    const address = new URL(window.location.href);
    const code = address.searchParams.get('code');
    if (!code) return;
    address.searchParams.delete('code');
    window.history.replaceState(null, '', address);
    await post('/api/setup/enter', { code }).catch(() => {}); // then the page asks for it
  }
}

new Wizard(document.getElementById('wizard')).start();
