/** Services of the usual catalogue that this office does not have yet, each added with one press. */

import { el, renderList, setText } from '../js/component.js';
import { language, t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { titled } from './parts.js';

export class UsualServices {
  #list = el('ul', { class: 'usual-services' });
  root = titled(
    t('Usual services that this office does not have'),
    el('p', { class: 'hint', text: t('Counters that serve everything serve an added one too.') }),
    this.#list,
  );

  render({ services_missing: missing = [] }) {
    this.root.hidden = missing.length === 0;
    renderList(
      this.#list,
      missing,
      ({ code }) => code,
      ({ code, name }) =>
        el(
          'li',
          {},
          el('b', { class: 'number' }),
          el('span', { text: name[language()] }),
          commandButton({
            text: t('Add'),
            label: t('Add: {name}', { name: name[language()] }),
            request: () => [`/api/services/${code}/add`, {}],
          }),
        ),
      (line, { letter }) => setText(line.firstElementChild, letter),
    );
  }
}
