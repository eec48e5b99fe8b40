/** The last page of the wizard: all answers, each with a way back to it. */

import { post } from '../js/api.js';
import { el } from '../js/component.js';
import { language, t } from '../js/i18n.js';
import { writtenTime } from './questions.js';
import { Wrong } from '../js/form.js';

export class SummaryPage {
  #hasSupervisor;
  title = t('Is everything right?');
  next = t('Set up the office');

  /** @param {object} view of the wizard @param {(name: string) => void} go to a question */
  constructor({ answers, status }, go) {
    this.#hasSupervisor = Boolean(answers.supervisor);
    const zone = status.zones.find((known) => known.zone === answers.zone)?.label ?? answers.zone;
    const rows = [
      ['name', t('Office'), answers.name],
      ['area', t('Regency or city'), answers.area],
      ['zone', t('Time zone'), zone],
      ['hours', t('Hours'), writtenHours(answers)],
      ['polling', t('Polling day'), answers.polling_day ? t('{day}, polls close at {time}', { day: writtenDay(answers.polling_day), time: writtenTime(answers.poll_close) }) : t('none')],
      ['supervisor', t('Supervisor'), answers.supervisor?.label ?? t('missing')],
      ['deputy', t('Deputy'), answers.deputy?.label ?? t('none')],
      ['counters', t('Counters'), String(answers.counters)],
      ['paper', t('Paper'), `${answers.paper_mm} mm`],
      ['network', t('Network'), answers.lan === 'on' ? answers.public_url : t('only this computer')],
    ];
    this.nodes = [
      el(
        'dl',
        { class: 'wizard-summary' },
        ...rows.map(([name, label, value]) =>
          el(
            'div',
            {},
            el('dt', { text: label }),
            el('dd', { text: value }),
            el('dd', {}, el('button', {
              type: 'button',
              class: 'wizard-change',
              text: t('Change'),
              'aria-label': t('Change: {what}', { what: label }),
              on: { click: () => go(name) },
            })),
          ),
        ),
      ),
      el('p', { class: 'soft', text: t('All of it can be changed later by the supervisor.') }),
    ];
  }

  answers() {
    return null;
  }

  async finish() {
    if (!this.#hasSupervisor) throw new Wrong(t('A supervisor with a PIN is missing.'));
    try {
      await post('/api/setup/finish', {}, { timeout: 15_000 });
    } catch (error) {
      if (error.status !== 409) throw error; // it had ended, only the answer was lost
    }
    window.location.assign(`/setup/ready?lang=${language()}`);
  }
}

function writtenHours({ opens, closes }) {
  const hours = `${writtenTime(opens)}–${writtenTime(closes)}`;
  return closes < opens ? t('{hours}, past midnight', { hours }) : hours;
}

function writtenDay(iso) {
  const day = new Date(`${iso}T12:00:00Z`);
  const locale = document.documentElement.lang === 'en' ? 'en-GB' : 'id-ID';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' }).format(day);
}
