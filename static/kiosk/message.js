/** The notice at the top of a page: a title, a sentence, and an icon when something is wrong. */

import { el, setText, setWords } from '../js/component.js';
import { namedIcon } from './icons.js';

export class Message {
  constructor() {
    this.title = el('strong', { class: 'message-title' });
    this.detail = el('span', { class: 'message-detail' });
    this.between = el('span');
    this.icon = namedIcon('alert');
    this.element = el(
      'div',
      { class: 'notice message', role: 'status', hidden: true },
      this.icon,
      el('p', {}, this.title, this.between, this.detail),
    );
  }

  /** @param {{title: string, detail: string, alert?: boolean} | null} message */
  render(message) {
    this.element.hidden = !(message?.title || message?.detail);
    if (message === null) return;
    const alert = message.alert === true;
    this.element.classList.toggle('notice-alert', alert);
    this.icon.toggleAttribute('hidden', !alert);
    setWords(this.title, message.title);
    setWords(this.detail, message.detail);
    // A title that is no sentence is set off from the one that follows.
    const apart = message.title && message.detail && !/[.!?]$/.test(message.title);
    setText(this.between, apart ? ' – ' : ' ');
  }
}
