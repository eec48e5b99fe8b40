/** Voters before it is too late: two lists, what would help, who is set aside, and the notice. */

import { formatTime } from '../js/clock.js';
import { el, renderList, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { hint, titled } from './parts.js';
import { keepFocus, Table } from './table.js';
import { servicesByCode } from './tickets.js';
import { lengthText } from './times.js';
import { remedyText, whoText } from './voter_words.js';
import { causeWord, stateWord } from './words.js';

const NOTICE = 'deadline_near';
/** Phases in which people are in the hall. */
const LISTENING = new Set(['numbers', 'open', 'serving_out']);

export class VotersSection {
  static id = 'voters';
  static title = () => t('Voters');
  static count(state) {
    const late = state.voter_lists?.not_in_time.length ?? 0;
    if (late) return { number: late, said: t('{count} probably not in time', { count: late }), alert: true };
    const all = state.voters?.waiting ?? 0;
    return all ? { number: all, said: t('{count} waiting', { count: all }) } : null;
  }

  #lead = el('p', { class: 'lead', role: 'status' });
  #remedies = el('ul', { class: 'remedies' });
  #notice = commandButton({
    text: t('Announce that the deadline is near'),
    request: () => ['/api/notices', { notice: NOTICE }],
    done: () => t('Announced in the hall.'),
  });
  #late = listTable(t('Nobody.'), t('Had to start by'));
  #inTime = listTable(t('No voter is waiting.'), t('Start before'));
  #aside = asideTable();
  root = el(
    'div',
    { class: 'voters' },
    this.#lead,
    this.#remedies,
    this.#notice,
    el(
      'div',
      { class: 'columns halves' },
      titled(
        t('Probably not'),
        hint(t('If nothing changes. Say so to them: biodata or the KPPS may help them now.')),
        this.#late.root,
      ),
      titled(
        t('Still in time'),
        hint(t('By their latest start. Whoever is at risk is called first.')),
        this.#inTime.root,
      ),
    ),
    titled(
      t('Set aside'),
      hint(t('No counter calls them now. After the last minute for biodata nothing can be given in time.')),
      this.#aside.root,
    ),
    el('p', {}, el('a', { href: '/poster', target: '_blank', text: t('The poster with the order of calling') })),
    hint(
      t(
        'Reckoned from the expected service time of each service, as the order of calling does. A forecast, no promise.',
      ),
    ),
  );

  render(state, now) {
    const lists = state.voter_lists ?? { in_time: [], not_in_time: [], remedies: [], aside: [] };
    const services = servicesByCode(state);
    const named = (rows) => rows.map((row) => ({ ...row, now, name: pick(services[row.service]?.name) }));
    this.#late.render(named(lists.not_in_time));
    this.#inTime.render(named(lists.in_time));
    this.#aside.render(named(lists.aside));
    setText(this.#lead, leadText(lists, state.office?.polling));
    this.#notice.hidden = !(state.office?.polling && LISTENING.has(state.phase));
    keepFocus(() =>
      renderList(
        this.#remedies,
        lists.remedies,
        ({ service, counters }) => `${service} ${counters}`,
        () => el('li', { class: 'notice notice-alert' }, el('p', { class: 'strong' }), el('p', {})),
        (item, remedy) => {
          setText(item.firstElementChild, remedyText(remedy, services));
          setText(item.lastElementChild, whoText(remedy));
        },
      ),
    );
    this.#remedies.hidden = lists.remedies.length === 0;
  }
}

function leadText({ in_time: good, not_in_time: late }, polling) {
  if (!polling) return t('Today is no polling day.');
  if (good.length + late.length === 0) return t('No voter is waiting.');
  if (late.length === 0) return t('All {count} waiting voters will be in time.', { count: good.length });
  return t('{late} of {all} waiting voters will probably not be in time.', {
    late: late.length,
    all: good.length + late.length,
  });
}

function listTable(empty, latest) {
  return new Table({
    caption: latest,
    key: (row) => row.id,
    empty,
    columns: [
      { label: t('Number'), class: 'number', text: (row) => row.number },
      { label: t('Service'), text: (row) => row.name },
      { label: latest, class: 'figure', text: (row) => formatTime(row.start_before) },
      { label: t('Left'), class: 'figure', text: leftText },
    ],
  });
}

function leftText({ start_before: latest, now }) {
  return latest > now ? lengthText(latest - now) : t('passed');
}

function asideTable() {
  return new Table({
    caption: t('Set aside'),
    key: (row) => row.id,
    empty: t('Nobody.'),
    columns: [
      { label: t('Number'), class: 'number', text: (row) => row.number },
      { label: t('Service'), text: (row) => row.name },
      { label: t('State'), text: ({ state, cause }) => t('{state}: {cause}', { state: stateWord(state), cause: causeWord(cause) }) },
      { label: t('Due back'), class: 'figure', text: ({ due_back: back }) => formatTime(back) || '–' },
      {
        label: t('Last minute for biodata'),
        class: 'figure',
        text: ({ biodata_until: until, now }) => {
          if (!until) return '–';
          return until >= now ? formatTime(until) : t('passed');
        },
      },
    ],
  });
}
