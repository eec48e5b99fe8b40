/**
 * The questions of the wizard, one a page. Each is `{name, title, build(wizard)}`; what it builds
 * is `{nodes, answers, focus?, next?}`: `answers()` gives what the server keeps, or throws Wrong.
 */

import { clock, formatDate, formatTime } from '../js/clock.js';
import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { choiceField, selectField, textField } from './fields.js';
import { networkQuestion } from './network_question.js';
import { deputyQuestion, supervisorQuestion } from './people_questions.js';
import { Wrong } from '../js/form.js';

const OTHER = 'other';
const TIME = /^([01]?\d|2[0-4])(?:[.:]([0-5]\d))?$/;

/** `08:00` as the office writes it: 08.00 in Indonesian. */
export function writtenTime(text) {
  return document.documentElement.lang === 'en' ? text : text.replace(':', '.');
}

/** A typed time as the server keeps it; throws Wrong with the field. */
function readTime(field) {
  const match = TIME.exec(field.value);
  const minutes = match?.[2] ?? '00';
  if (!match || (match[1] === '24' && minutes !== '00')) {
    throw new Wrong(t('Write the time like this: {time}', { time: writtenTime('08:00') }), field);
  }
  return `${match[1].padStart(2, '0')}:${minutes}`;
}

function timeField(label, value) {
  return textField({
    label,
    value: writtenTime(value),
    attributes: { inputmode: 'text', maxlength: 5, size: 6, class: 'form-short' },
  });
}

const nameQuestion = {
  name: 'name',
  title: () => t('What is the office called?'),
  build({ answers, answered }) {
    const field = textField({
      label: t('Office name'),
      value: answered.has('name') ? answers.name : '',
      hint: t('It appears on every screen and ticket, for example "Disdukcapil Kota Banjarbaru".'),
      attributes: { maxlength: 80 },
    });
    const begin = el('p', { text: t('Setting up takes about two minutes. Each answer is kept at once: you can stop and go on later.') });
    return {
      nodes: answered.size === 0 ? [begin, field.root] : [field.root],
      answers() {
        if (!field.value) throw new Wrong(t("Enter the office's name."), field);
        return { name: field.value };
      },
    };
  },
};

const areaQuestion = {
  name: 'area',
  title: () => t('In which regency or city?'),
  build({ answers, status }) {
    const known = status.places.includes(answers.area);
    const typed = textField({
      label: t('Name of the regency or city'),
      value: known ? '' : answers.area,
      attributes: { maxlength: 80 },
    });
    const list = selectField({
      label: t('Regency or city in South Kalimantan'),
      value: known ? answers.area : answers.area ? OTHER : '',
      options: [
        { value: '', text: t('Choose …') },
        ...status.places.map((place) => ({ value: place, text: place })),
        { value: OTHER, text: t('Another place') },
      ],
    });
    const show = () => {
      typed.root.hidden = list.value !== OTHER;
    };
    list.input.addEventListener('change', show);
    show();
    return {
      nodes: [list.root, typed.root],
      answers() {
        if (!list.value) throw new Wrong(t('Choose a place, or "Another place".'), list);
        const area = list.value === OTHER ? typed.value : list.value;
        if (!area) throw new Wrong(t('Enter the regency or city.'), typed);
        return { area };
      },
    };
  },
};

/** What a zone covers. */
const REGIONS = {
  'Asia/Jakarta': () => t('Sumatra, Java'),
  'Asia/Pontianak': () => t('West and Central Kalimantan'),
  'Asia/Makassar': () => t('South, East and North Kalimantan, Sulawesi, Bali, Nusa Tenggara'),
  'Asia/Jayapura': () => t('Maluku, Papua'),
};

const zoneQuestion = {
  name: 'zone',
  title: () => t('Which time zone?'),
  build({ answers, status }) {
    const choice = choiceField({
      legend: t('Which time zone?'),
      value: answers.zone,
      options: status.zones.map(({ zone, label }) => ({
        value: zone,
        text: label,
        hint: REGIONS[zone]?.() ?? zone,
      })),
    });
    return {
      nodes: [choice.root],
      answers: () => ({ zone: choice.value ?? answers.zone }),
    };
  },
};

const clockQuestion = {
  name: 'clock',
  title: () => t('Is the clock of this server right?'),
  build(wizard) {
    const { answers, status } = wizard;
    clock.zone = answers.zone;
    const label = status.zones.find(({ zone }) => zone === answers.zone)?.label ?? answers.zone;
    const now = el('p', { class: 'wizard-now', role: 'timer' });
    const stop = clock.everySecond((at) => {
      const time = formatTime(at);
      now.textContent = unbroken(t('Now it is {time} {zone}, {date}.', { time, zone: label, date: formatDate(at) }));
    });
    const off = Math.round((wizard.clockOff() ?? 0) / 60_000);
    const warning = el('p', {
      class: 'notice notice-alert',
      hidden: Math.abs(off) < 2,
      text: t('The clock of the device you are looking at differs by {minutes} minutes.', {
        minutes: Math.abs(off),
      }),
    });
    const help = el(
      'details',
      { class: 'wizard-help' },
      el('summary', { text: t('It is wrong') }),
      el(
        'ol',
        { class: 'wizard-steps' },
        el('li', { text: t('Stop the program at the server: close its window, or press Ctrl+C there.') }),
        el('li', { text: t('Put the clock of the server right: on Linux with "timedatectl set-time", on Windows under Settings, Time.') }),
        el('li', { text: t('Start the program again and open this page again. The answers stay.') }),
      ),
      el('p', { text: t('A new battery on the main board keeps the clock right without power.') }),
    );
    return {
      nodes: [now, warning, help],
      next: t('Yes, it is right'),
      answers: () => ({}),
      then: () => wizard.confirmClock(),
      leave: stop,
    };
  },
};

/** Time and zone stay on one line, and so do day, month and year. */
function unbroken(text) {
  return text.replace(/(?<=\d) (?=\p{L})|(?<=\d \p{L}+) (?=\d)/gu, '\u00a0');
}

const hoursQuestion = {
  name: 'hours',
  title: () => t('When is the office open?'),
  build({ answers, answered }) {
    const opens = timeField(t('Opens at'), answers.opens);
    const closes = timeField(t('Closes at'), answers.closes);
    return {
      nodes: [
        el('div', { class: 'wizard-row' }, opens.root, closes.root),
        el('p', { class: 'soft', text: t('Numbers are given from 30 minutes before. Hours past midnight are possible.') }),
      ],
      answers() {
        const hours = { opens: readTime(opens), closes: readTime(closes) };
        if (hours.opens === hours.closes) {
          throw new Wrong(t('The office cannot close when it opens.'), closes);
        }
        if (answered.has('poll_close') && answers.poll_close && hours.opens >= answers.poll_close) {
          throw new Wrong(t('The polls close at {time}: the office would open only then.', { time: writtenTime(answers.poll_close) }), opens);
        }
        return hours;
      },
    };
  },
};

const pollingQuestion = {
  name: 'polling',
  title: () => t('Is there a polling day?'),
  build({ answers, answered }) {
    const today = isoDay(clock.now());
    const tomorrow = isoDay(clock.now() + 24 * 3600_000);
    const date = textField({
      label: t('Polling day'),
      value: answers.polling_day || '',
      attributes: { type: 'date', min: today, class: 'form-medium' },
    });
    const close = timeField(t('Polls close at'), answers.poll_close || '13:00');
    const choice = choiceField({
      legend: t('Is there a polling day?'),
      value: chosen(answers, answered, today, tomorrow),
      options: [
        { value: 'today', text: t('Yes, today ({date})', { date: formatDate(clock.now()) }) },
        { value: 'tomorrow', text: t('Yes, tomorrow ({date})', { date: formatDate(clock.now() + 24 * 3600_000) }) },
        { value: 'date', text: t('Yes, on another day') },
        { value: 'none', text: t('No') },
      ],
      onChange: () => show(),
    });
    const show = () => {
      date.root.hidden = choice.value !== 'date';
      close.root.hidden = !choice.value || choice.value === 'none';
    };
    show();
    return {
      nodes: [
        choice.root,
        el('div', { class: 'wizard-row' }, date.root, close.root),
        el('p', { class: 'soft', text: t('Whoever needs a document before the polls close is then called in time.') }),
      ],
      answers() {
        if (!choice.value) throw new Wrong(t('Choose one answer.'), choice);
        if (choice.value === 'none') return { polling_day: '', poll_close: '' };
        const day = { today, tomorrow, date: date.value }[choice.value];
        if (!day) throw new Wrong(t('Choose the polling day.'), date);
        if (day < today) throw new Wrong(t('This day is over. Choose the polling day again.'), date);
        const closing = readTime(close);
        if (closing <= answers.opens) {
          throw new Wrong(t('The office opens only at {time}: then the polls would be closed already.', { time: writtenTime(answers.opens) }), close);
        }
        return { polling_day: day, poll_close: closing };
      },
    };
  },
};

function chosen(answers, answered, today, tomorrow) {
  if (!answered.has('polling_day')) return null;
  if (!answers.polling_day) return 'none';
  return { [today]: 'today', [tomorrow]: 'tomorrow' }[answers.polling_day] ?? 'date';
}

/** The date in the office's zone, YYYY-MM-DD. */
function isoDay(at) {
  return new Intl.DateTimeFormat('en-CA', { timeZone: clock.zone }).format(at);
}

const countersQuestion = {
  name: 'counters',
  title: () => t('How many counters?'),
  build({ answers }) {
    const field = textField({
      label: t('Number of counters'),
      value: answers.counters,
      hint: t('1 to 99. Each serves everything at first; the supervisor can change that.'),
      attributes: { type: 'number', min: 1, max: 99, inputmode: 'numeric', class: 'form-short' },
    });
    return {
      nodes: [field.root],
      answers() {
        const count = Number(field.value);
        if (!Number.isInteger(count) || count < 1 || count > 99) {
          throw new Wrong(t('Enter a number from 1 to 99.'), field);
        }
        return { counters: count };
      },
    };
  },
};

const paperQuestion = {
  name: 'paper',
  title: () => t('How wide is the paper of the ticket printer?'),
  build({ answers }) {
    const choice = choiceField({
      legend: t('Width of the paper'),
      value: answers.paper_mm,
      options: [
        { value: '80', text: t('80 mm'), hint: t('a little less than an ID card is long') },
        { value: '58', text: t('58 mm'), hint: t('a little more than an ID card is high') },
      ],
    });
    return {
      nodes: [
        choice.root,
        el('p', { class: 'soft', text: t('Without a printer the tickets are pictures on the screen. It can be connected later.') }),
      ],
      answers: () => ({ paper_mm: choice.value ?? '80' }),
    };
  },
};

/** In the order of asking. */
export const QUESTIONS = [
  nameQuestion,
  areaQuestion,
  zoneQuestion,
  clockQuestion,
  hoursQuestion,
  pollingQuestion,
  supervisorQuestion,
  deputyQuestion,
  countersQuestion,
  paperQuestion,
  networkQuestion,
];
