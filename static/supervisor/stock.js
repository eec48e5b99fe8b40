/** How many card blanks there are: counted down by the counters, set here. */

import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandForm, wholeNumber } from './command.js';
import { adopt, follow, numberField } from './fields.js';

export class Stock {
  #blanks = numberField({
    label: t('Card blanks in stock'),
    max: 100000,
    hint: t('Counters count them down. Empty: nobody counts.'),
  });
  root = el(
    'section',
    {},
    commandForm({
      fields: [this.#blanks],
      submit: t('Save'),
      keep: true,
      request: () => ['/api/settings', { key: 'blanks', value: String(wholeNumber(this.#blanks) ?? '') }],
      done: ({ value }) => adopt(this.#blanks.input, value),
    }),
  );

  render({ blanks }) {
    follow(this.#blanks.input, blanks);
  }
}
