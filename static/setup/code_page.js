/** At another machine: the code that the server printed when it started. */

import { post } from '../js/api.js';
import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { textField } from './fields.js';
import { Wrong } from '../js/form.js';

export class CodePage {
  #field = textField({
    label: t('Code'),
    hint: t("It stands on the server's own screen, in the window where the program was started."),
    attributes: { maxlength: 20, autocapitalize: 'characters', class: 'form-medium' },
  });
  #admitted;
  title = t('Set up this office');
  next = t('Continue');

  /** @param {() => Promise<void>} admitted called once the code was right */
  constructor(admitted) {
    this.#admitted = admitted;
    this.nodes = [
      el('p', { text: t('You are not at the server itself, so it asks for its code.') }),
      this.#field.root,
    ];
  }

  answers() {
    if (!this.#field.value) throw new Wrong(t('Enter the code.'), this.#field);
    return null;
  }

  async finish() {
    await post('/api/setup/enter', { code: this.#field.value });
    await this.#admitted();
  }
}
