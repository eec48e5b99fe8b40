/** What went wrong with taking a number, and what to do. */

import { t } from '../js/i18n.js';
import { Message } from './message.js';

export class OrderMessage {
  #message = new Message();

  constructor() {
    this.element = this.#message.element;
  }

  /** @param {{error: import('../js/api.js').ApiError | null}} flow */
  render({ error }) {
    this.#message.render(error === null ? null : orderMessage(error));
  }
}

function orderMessage(error) {
  if (error.status === 0) {
    return {
      title: t('There is no answer yet.'),
      detail: t('Touch "Try again". You will not get two numbers.'),
      alert: true,
    };
  }
  return {
    title: t('The number could not be taken.'),
    detail: error.detail || t('Please go to the staff.'),
    alert: true,
  };
}
