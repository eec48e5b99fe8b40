/** The catalogue: what is offered, what is suspended and until when. */

import { formatTime } from '../js/clock.js';
import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton, commandForm, neededText } from './command.js';
import { selectField, timeField } from './fields.js';
import { serviceForm, stepsOf } from './service_form.js';
import { Table, firstInput } from './table.js';
import { typedMoment } from './times.js';
import { causeWord, serviceStateWord, suspendCauses } from './words.js';

export class ServicesSection {
  static id = 'services';
  static title = () => t('Services');
  static count(state) {
    const suspended = (state.services ?? []).filter((service) => service.state === 'suspended').length;
    return suspended ? { number: suspended, said: t('{count} suspended', { count: suspended }), alert: true } : null;
  }

  #state = null;
  #table = this.#makeTable();
  #add = el('div', {});
  root = el(
    'div', {},
    el('p', { class: 'lead', text: t('Suspending a service keeps the waiting tickets and their order. The displays and the kiosk say why.') }),
    this.#table.root,
    el('div', { class: 'buttons after' }, el('button', { type: 'button', class: 'button', text: t('Add a service'), on: { click: () => this.#openAdd() } })),
    this.#add,
  );

  #makeTable() {
    return new Table({
      caption: t('Services'),
      key: (service) => service.code,
      rowClass: (service) => (service.state === 'open' ? '' : 'quiet'),
      empty: t('There is no service yet.'),
      columns: [
        { label: t('Letter'), class: 'number', text: ({ letter }) => letter },
        { label: t('Name'), build: twoLines, update: (cell, { name_id: id, name_en: en }) => showLines(cell, id, en) },
        { label: t('State'), build: twoLines, update: (cell, service) => showLines(cell, serviceStateWord(service.state), stateMore(service)) },
        { label: t('Waiting'), class: 'figure', text: ({ waiting }) => waiting },
        { label: t('Target'), class: 'figure', text: ({ target }) => secondsText(target) },
        { label: t('Expected'), class: 'figure', text: ({ expected }) => secondsText(expected) },
        { label: t('Quota'), class: 'figure', text: ({ quota }) => quota ?? '–' },
        { label: t('Next steps'), text: ({ steps }) => steps || '–' },
        { label: t('Actions'), class: 'act', build: (cell, service, table) => this.#buildAct(cell, service, table), update: showAct },
      ],
    });
  }

  #buildAct(cell, service, table) {
    const toggle = (name, build) => (event) => table.toggle(service().code, name, build, event.currentTarget);
    const leave = () => table.close(service().code);
    const suspend = el('button', { type: 'button', class: 'button', text: t('Suspend'), on: { click: toggle('suspend', () => suspendForm(service(), leave)) } });
    const restore = commandButton({ text: t('Restore'), primary: true, request: () => [`/api/services/${service().code}/restore`, {}] });
    const edit = el('button', { type: 'button', class: 'button', text: t('Edit'), on: { click: toggle('edit', () => serviceForm({ service: service(), services: this.#state.service_list, done: leave, cancel: leave })) } });
    cell.append(el('div', { class: 'acts' }, suspend, restore, edit));
  }

  #openAdd() {
    const leave = () => this.#add.replaceChildren();
    this.#add.replaceChildren(el('div', { class: 'panel' }, serviceForm({ services: this.#state.service_list, done: leave, cancel: leave })));
    firstInput(this.#add)?.focus();
  }

  render(state) {
    this.#state = state;
    const live = Object.fromEntries((state.services ?? []).map((service) => [service.code, service]));
    const letters = Object.fromEntries((state.service_list ?? []).map((service) => [service.code, service.letter]));
    this.#table.render((state.service_list ?? []).map((service) => ({
      ...service,
      ...pickState(live[service.code] ?? service),
      steps: stepsOf(service).map((code) => letters[code] ?? code).join(' → '),
    })));
  }
}

const pickState = ({ state, cause, expected_back: back, waiting }) => ({ state, cause, expected_back: back, waiting: waiting ?? 0 });

function twoLines(cell) {
  cell.append(el('span'), el('span', { class: 'soft' }));
}

function showLines(cell, first, second) {
  const [one, other] = cell.children;
  if (one.textContent !== first) one.textContent = first;
  if (other.textContent !== second) other.textContent = second;
}

function stateMore({ state, cause, expected_back: back }) {
  if (state !== 'suspended') return '';
  return back ? t('{cause}, expected back {time}', { cause: causeWord(cause), time: formatTime(back) }) : causeWord(cause);
}

function secondsText(seconds) {
  return seconds % 60 === 0 ? t('{minutes} min', { minutes: seconds / 60 }) : t('{seconds} s', { seconds });
}

function showAct(cell, service) {
  const [suspend, restore] = cell.firstElementChild.children;
  suspend.hidden = service.state !== 'open';
  restore.hidden = service.state !== 'suspended';
}

function suspendForm(service, leave) {
  const cause = selectField({ label: t('Cause'), options: [['', t('Choose')], ...suspendCauses()] });
  const back = timeField({ label: t('Expected back at'), hint: t('An hour such as 10:30. Leave empty if nobody knows.') });
  return commandForm({
    title: t('Suspend {name}?', { name: service.name_id }),
    fields: [cause, back],
    submit: t('Suspend'),
    alert: true,
    cancel: leave,
    done: leave,
    request() {
      const body = { cause: neededText(cause, t('Choose a cause.')) };
      const at = typedMoment(back);
      if (at !== null) body.expected_back = at;
      return [`/api/services/${service.code}/suspend`, body];
    },
  });
}
