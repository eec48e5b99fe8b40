/** One question with a few equal answers: what the kiosk asks on polling day. */

import { el, setWords } from '../js/component.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';

export class QuestionPage {
  #read;

  /**
   * @param {(model: object) => {title: string, detail?: string,
   *   say: string[], answers: Record<string, {text: string, note?: string, hidden?: boolean,
   *   say: string[]}>}} read the words for the present state; the answers by name
   * @param {Record<string, {icon: string, act: () => void}>} answers in their order on the page
   * @param {{kind?: string}} [options] `kind`: a further CSS class of the answers
   */
  constructor(read, answers, { kind = '' } = {}) {
    this.#read = read;
    this.title = el('h1', { tabindex: '-1' });
    this.detail = el('p', { class: 'question-detail' });
    this.answers = Object.fromEntries(
      Object.entries(answers).map(([name, { icon, act }]) => [
        name,
        new Button(act, { kind: 'choice answer', icon: namedIcon(icon) }),
      ]),
    );
    this.head = el(
      'div',
      { class: 'head' },
      this.title,
      this.detail,
    );
    this.body = el(
      'div',
      { class: 'body' },
      el(
        'div',
        { class: `answers ${kind}`.trim() },
        ...Object.values(this.answers).map((button) => button.element),
      ),
    );
  }

  render(model) {
    const { title, detail = '', answers } = this.#read(model);
    setWords(this.title, title);
    setWords(this.detail, detail);
    this.detail.hidden = detail === '';
    for (const [name, button] of Object.entries(this.answers)) button.render(answers[name]);
  }

  /** @returns {import('./speaking.js').Speech} */
  speech(model) {
    const { say, answers } = this.#read(model);
    const offered = Object.entries(this.answers).filter(([name]) => !answers[name].hidden);
    return {
      state: say.join(' '),
      words: say,
      choices: offered.map(([name, { element }]) => ({ element, words: answers[name].say })),
    };
  }
}
