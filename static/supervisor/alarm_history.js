/** What was wrong with paper today and before, folded away until it is asked for. */

import { get } from '../js/api.js';
import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Outcome } from './command.js';
import { fold } from './parts.js';
import { alarmLine } from './print_health.js';

export class AlarmHistory {
  #list = el('ul', { class: 'lines' });
  #none = el('p', { class: 'soft', text: t('No alarms.'), hidden: true });
  #outcome = new Outcome();
  root = fold(t('Alarms about paper so far'), this.#outcome.root, this.#none, this.#list);

  constructor() {
    this.root.addEventListener('toggle', () => {
      if (this.root.open) this.#fetch();
    });
  }

  async #fetch() {
    try {
      const { alarms } = await get('/api/alarms');
      renderList(this.#list, alarms, ({ id }) => id, () => el('li'), (line, alarm) => {
        setText(line, alarmLine(alarm));
      });
      this.#none.hidden = alarms.length > 0;
      this.#outcome.clear();
    } catch (error) {
      this.#outcome.fail(error);
    }
  }
}
