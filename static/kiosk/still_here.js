/** "Still here?": asked after a minute without a touch, answered by any touch. */

import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Button } from './button.js';

export class StillHere {
  /** @param {{stay: Function, leave: Function}} actions */
  constructor(actions) {
    this.title = el('h2', { class: 'asking-title', id: 'still-here' });
    this.left = el('p');
    this.stay = new Button(actions.stay, { kind: 'button-primary choice' });
    this.leave = new Button(actions.leave, { kind: 'choice' });
    this.element = el(
      'div',
      { class: 'asking', role: 'alertdialog', 'aria-labelledby': 'still-here', hidden: true },
      el(
        'div',
        { class: 'asking-box' },
        this.title,
        this.left,
        el('div', { class: 'choices' }, this.stay.element, this.leave.element),
      ),
    );
  }

  /** @returns {import('./speaking.js').Speech} */
  speech() {
    return {
      state: 'still here',
      words: ['still_here'],
      choices: [
        { element: this.stay.element, words: ['go_on'] },
        { element: this.leave.element, words: ['done'] },
      ],
    };
  }

  render({ flow }) {
    const begins = flow.asking && this.element.hidden;
    this.element.hidden = !flow.asking;
    if (!flow.asking) return;
    if (begins) this.stay.element.focus();
    setText(this.title, t('Still here?'));
    setText(this.left, t('This page closes in {seconds} seconds.', { seconds: flow.secondsLeft }));
    this.stay.render({ text: t('Yes, continue') });
    this.leave.render({ text: t('No, finish') });
  }
}
