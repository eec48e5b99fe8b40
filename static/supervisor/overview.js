/** The live picture of the office on one page. */

import { formatElapsed, formatTime } from '../js/clock.js';
import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Alarms } from './alarms.js';
import { DayCard } from './day.js';
import { NowCard, SuppliesCard } from './now.js';
import { Table } from './table.js';
import {
  absentRows,
  counterList,
  inHandRows,
  lateRows,
  parkedRows,
  servingCounters,
  sinceOf,
  suspendedRows,
  waitingRows,
} from './tickets.js';
import { lengthText } from './times.js';
import { counterName, counterNames, serviceName, serviceStateWord, stateWord, whyText } from './words.js';

const LATE_SHOWN = 8;

export class OverviewSection {
  static id = 'overview';
  static title = () => t('Overview');
  static count(state) {
    const alarms = (state.alarms?.length ?? 0) + (state.help?.length ?? 0);
    const calm = (state.alarms ?? []).every((alarm) => alarm.acknowledged_at) && !state.help?.length;
    return alarms ? { number: alarms, said: t('{count} alarms', { count: alarms }), alert: !calm } : null;
  }

  #alarms = new Alarms();
  #day = new DayCard();
  #now = new NowCard();
  #supplies = new SuppliesCard();
  #late = new Late();
  #counters = countersTable();
  #services = servicesTable();
  root = el(
    'div',
    { class: 'overview' },
    this.#alarms.root,
    el(
      'div',
      { class: 'columns' },
      this.#now.root,
      el('div', { class: 'stack' }, this.#day.root, this.#supplies.root),
    ),
    el('section', {}, el('h2', { text: t('Services') }), this.#services.root),
    el(
      'div',
      { class: 'columns halves' },
      el('section', {}, el('h2', { text: t('Counters') }), this.#counters.root),
      this.#late.root,
    ),
  );

  render(state, now) {
    this.#alarms.render(state, now);
    this.#day.render(state);
    this.#now.render(state, now);
    this.#supplies.render(state);
    this.#counters.render(counterList(state).map((counter) => ({ ...counter, now, all: state.services })));
    this.#services.render(serviceRows(state, now));
    this.#late.render(state, now);
  }

  tick(now) {
    for (const cell of this.root.querySelectorAll('[data-since]'))
      setText(cell, formatElapsed(now - Number(cell.dataset.since)));
  }
}

function countersTable() {
  return new Table({
    caption: t('Who serves what'),
    key: (counter) => counter.number,
    rowClass: (counter) => (counter.state === 'open' ? '' : 'quiet'),
    empty: t('There is no counter yet.'),
    columns: [
      { label: t('Counter'), class: 'nowrap strong', text: ({ number }) => counterName(number) },
      { label: t('Staff'), text: ({ state, staff }) => (state === 'open' ? (staff ?? '') : t('closed')) },
      { label: t('Ticket'), class: 'number', text: ({ ticket }) => ticket?.number ?? '–' },
      {
        label: t('State'),
        text: ({ state, ticket }) => (ticket ? stateWord(ticket.state) : state === 'open' ? t('free') : ''),
      },
      {
        label: t('For'),
        class: 'figure',
        update(cell, { ticket, now }) {
          const since = ticket ? sinceOf(ticket) : null;
          if (since) cell.dataset.since = since;
          else delete cell.dataset.since;
          setText(cell, since ? formatElapsed(now - since) : '');
        },
      },
      {
        label: t('Serves'),
        text: ({ services, all }) =>
          all
            .filter((service) => services?.includes(service.code))
            .map((service) => service.letter)
            .join(' '),
      },
      { label: t('Closes'), text: ({ closes_at: at }) => formatTime(at) },
    ],
  });
}

function servicesTable() {
  const figure = (label, name) => ({ label, class: 'figure', text: (row) => row[name] });
  return new Table({
    caption: t('Each service now'),
    key: (row) => row.service.code,
    rowClass: (row) => (row.service.state === 'open' ? '' : 'quiet'),
    columns: [
      { label: t('Service'), class: 'strong', text: ({ service }) => serviceName(service) },
      {
        label: t('State'),
        text: ({ service }) =>
          service.expected_back
            ? t('{state} until {time}', {
                state: serviceStateWord(service.state),
                time: formatTime(service.expected_back),
              })
            : serviceStateWord(service.state),
      },
      figure(t('Waiting'), 'waiting'),
      figure(t('Overdue'), 'overdue'),
      { label: t('Longest wait'), class: 'figure', text: ({ longest }) => longest },
      figure(t('In hand'), 'inHand'),
      figure(t('Set aside'), 'aside'),
      figure(t('Absent'), 'absent'),
      figure(t('Served'), 'served'),
      {
        label: t('Open counters'),
        text: ({ counters, waiting }) =>
          counters.length ? counterNames(counters) : waiting ? t('none!') : t('none'),
      },
    ],
  });
}

function serviceRows(state, now) {
  const count = (rows, code) => rows.filter((row) => row.service === code).length;
  const waiting = waitingRows(state);
  const hand = inHandRows(state);
  const aside = [...parkedRows(state), ...suspendedRows(state)];
  const absent = absentRows(state);
  return (state.services ?? []).map((service) => {
    const line = waiting.filter((row) => row.service === service.code);
    const oldest = Math.min(...line.map((row) => row.arrival));
    const today = state.today?.by_service?.[service.code] ?? {};
    return {
      service,
      waiting: line.length,
      overdue: line.filter((row) => row.due < now).length,
      longest: line.length ? lengthText(now - oldest) : '–',
      inHand: count(hand, service.code),
      aside: count(aside, service.code),
      absent: count(absent, service.code),
      served: today.completed ?? 0,
      counters: servingCounters(state, service.code),
    };
  });
}

/** Who waits too long, and who could be too late, the most urgent first. */
class Late {
  #more = el('a', { href: '#queue' });
  #table = new Table({
    caption: t('Late now'),
    key: (row) => row.id,
    empty: t('Nobody is late.'),
    columns: [
      { label: t('Number'), class: 'number', text: (row) => row.number },
      { label: t('Why'), text: ({ why }) => whyText(why, formatTime(why.at)) },
      {
        label: t('Late by'),
        class: 'figure',
        text: ({ due, now }) => (due < now ? lengthText(now - due) : '–'),
      },
    ],
  });
  root = el(
    'section',
    {},
    el('h2', { text: t('Late now') }),
    el('p', {
      class: 'hint',
      text: t('If this list grows, open a counter for the service or let one more counter serve it.'),
    }),
    this.#table.root,
    this.#more,
  );

  render(state, now) {
    const rows = lateRows(state, now);
    this.#table.render(rows.slice(0, LATE_SHOWN).map((row) => ({ ...row, now })));
    this.#more.hidden = rows.length <= LATE_SHOWN;
    setText(this.#more, t('All {count} in the queue', { count: rows.length }));
  }
}
