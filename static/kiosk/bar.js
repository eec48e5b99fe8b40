/** The buttons that are on every page: back, staff, listening, language, text size, contrast. */

import { el } from '../js/component.js';
import { language, t } from '../js/i18n.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';

/** In their order. `back` and `returned` share a place: whoever is in the middle can go back. */
const NAMES = ['back', 'returned', 'help', 'listen', 'language', 'text', 'contrast'];

export class Bar {
  /** @param {Record<typeof NAMES[number], () => void>} actions */
  constructor(actions) {
    this.buttons = Object.fromEntries(
      NAMES.map((name) => [
        name,
        new Button(actions[name], { kind: `bar-${name}`, icon: namedIcon(name) }),
      ]),
    );
    this.element = el(
      'nav',
      { class: 'bar' },
      ...Object.values(this.buttons).map((button) => button.element),
    );
  }

  /** @param {{help: 'sent' | 'failed' | 'sending' | null, flow: object, large: boolean,
   *   contrast: boolean, speaking: boolean}} model */
  render({ help, flow, large, contrast, speaking }) {
    const { buttons } = this;
    const other = language() === 'id' ? 'en' : 'id';
    this.element.setAttribute('aria-label', t('Help and settings'));
    buttons.help.render({ text: helpText(help), off: help === 'sent' });
    buttons.help.element.classList.toggle('button-told', help === 'sent');
    buttons.help.element.setAttribute('aria-live', 'polite');
    const between = !flow.atHome && flow.page !== 'number';
    buttons.back.render({ text: t('Back'), hidden: !between, off: flow.busy });
    buttons.returned.render({ text: t('I am back'), hidden: between });
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
