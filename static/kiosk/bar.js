/** The buttons that are on every page: staff, return, language, text size, contrast. */

import { el } from '../js/component.js';
import { language, t } from '../js/i18n.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';

export class Bar {
  /** @param {{help: Function, returned: Function, listen: Function, language: Function, text: Function, contrast: Function}} actions */
  constructor(actions) {
    this.buttons = {};
    for (const name of ['help', 'returned', 'listen', 'language', 'text', 'contrast']) {
      this.buttons[name] = new Button(actions[name], { icon: namedIcon(name) });
    }
    this.element = el(
      'nav',
      { class: 'bar' },
      ...Object.values(this.buttons).map((button) => button.element),
    );
  }

  /** @param {{help: 'sent' | 'failed' | 'sending' | null, flow: {page: string}, large: boolean,
   *   contrast: boolean, speaking: boolean}} model */
  render({ help, flow, large, contrast, speaking }) {
    const { buttons } = this;
    const other = language() === 'id' ? 'en' : 'id';
    this.element.setAttribute('aria-label', t('Help and settings'));
    buttons.help.render({ text: helpText(help), off: help === 'sent' });
    buttons.help.element.classList.toggle('button-told', help === 'sent');
    buttons.help.element.setAttribute('aria-live', 'polite');
    buttons.returned.render({ text: t('I am back'), pressed: flow.page === 'return' });
    buttons.listen.render({ text: t('Listen'), pressed: speaking });
    buttons.language.render({ text: other === 'en' ? 'English' : 'Bahasa Indonesia' });
    buttons.language.element.lang = other;
    buttons.text.render({ text: t('Large text'), pressed: large });
    buttons.contrast.render({ text: t('High contrast'), pressed: contrast });
  }
}

function helpText(help) {
  if (help === 'sent') return t('Staff have been called');
  if (help === 'failed') return t('Not sent. Please go to the staff.');
  return t('Call staff');
}
