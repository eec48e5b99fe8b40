/** The fixed notices: which is on, and the others to send. */

import { formatTime } from '../js/clock.js';
import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { keepFocus } from './table.js';
import { agoText } from './times.js';

export class NoticesSection {
  static id = 'notices';
  static title = () => t('Notices');
  static count(state) {
    return state.notice ? { number: t('on'), said: t('a notice is on') } : null;
  }

  #now = new CurrentNotice();
  #list = el('ul', { class: 'notices' });
  root = el(
    'div',
    {},
    el('p', {
      class: 'lead',
      text: t(
        'A notice fills the displays in both languages and is spoken in Indonesian. The texts are fixed, so that nothing unchecked is said on polling day.',
      ),
    }),
    this.#now.root,
    this.#list,
  );

  render(state, now) {
    this.#now.render(state.notice ?? null, now);
    keepFocus(() =>
      renderList(
        this.#list,
        state.notices_available ?? [],
        (notice) => notice.code,
        noticeLine,
        (line, notice) => {
          const on = state.notice?.code === notice.code;
          line.classList.toggle('on', on);
          setText(line.send.button, on ? t('Send again') : t('Send'));
        },
      ),
    );
  }
}

function noticeLine({ code, text }) {
  const line = el(
    'li',
    {},
    el(
      'div',
      {},
      el('p', { lang: 'id', class: 'strong', text: text.id }),
      el('p', { lang: 'en', class: 'soft', text: text.en }),
    ),
  );
  line.send = commandButton({
    text: t('Send'),
    label: null,
    request: () => ['/api/notices', { notice: code }],
  });
  line.append(line.send);
  return line;
}

class CurrentNotice {
  #off = el('p', { class: 'soft', text: t('No notice is on.') });
  #id = el('p', { class: 'strong', lang: 'id' });
  #en = el('p', { lang: 'en' });
  #since = el('p', { class: 'soft' });
  #on = el(
    'div',
    { class: 'notice current' },
    el('div', {}, el('h2', { text: t('On now') }), this.#id, this.#en, this.#since),
    commandButton({ text: t('End the notice'), primary: true, request: () => ['/api/notices/end', {}] }),
  );
  root = el('section', { 'aria-label': t('On now') }, this.#on, this.#off);

  render(notice, now) {
    this.#on.hidden = notice === null;
    this.#off.hidden = notice !== null;
    if (!notice) return;
    setText(this.#id, notice.text.id);
    setText(this.#en, notice.text.en);
    setText(
      this.#since,
      t('Since {time}, {ago}', { time: formatTime(notice.at), ago: agoText(notice.at, now) }),
    );
  }
}
