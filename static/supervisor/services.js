/** The catalogue: what is offered, what is suspended and until when. */

import { formatTime } from '../js/clock.js';
import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton, commandForm, neededText } from './command.js';
import { selectField, timeField } from './fields.js';
import { AddPanel, panelButton, showLines, twoLines } from './parts.js';
import { serviceForm, stepsOf } from './service_form.js';
import { Table } from './table.js';
import { servicesByCode } from './tickets.js';
import { typedMoment } from './times.js';
import { causeWord, serviceStateWord, suspendCauses } from './words.js';

export class ServicesSection {
  static id = 'services';
  static title = () => t('Services');
  static count(state) {
    const count = (state.services ?? []).filter((service) => service.state === 'suspended').length;
    return count ? { number: count, said: t('{count} suspended', { count }), alert: true } : null;
  }

  #services = [];
  #table = new Table({
    caption: t('Services'),
    key: (service) => service.code,
    rowClass: (service) => (service.state === 'open' ? '' : 'quiet'),
    empty: t('There is no service yet.'),
    columns: [
      { label: t('Letter'), class: 'number', text: ({ letter }) => letter },
      {
        label: t('Name'),
        build: twoLines,
        update: (cell, service) => showLines(cell, service.name_id, service.name_en),
      },
      {
        label: t('State'),
        build: twoLines,
        update: (cell, service) => showLines(cell, serviceStateWord(service.state), suspendedText(service)),
      },
      { label: t('Waiting'), class: 'figure', text: ({ waiting }) => waiting },
      { label: t('Target'), class: 'figure', text: ({ target }) => secondsText(target) },
      { label: t('Expected'), class: 'figure', text: ({ expected }) => secondsText(expected) },
      { label: t('Quota'), class: 'figure', text: ({ quota }) => quota ?? '–' },
      { label: t('Next steps'), text: ({ steps }) => steps || '–' },
      {
        label: t('Actions'),
        class: 'act',
        build: (cell, service, table) => cell.append(this.#actions(service, table)),
        update: showActions,
      },
    ],
  });
  #add = new AddPanel(t('Add a service'), (leave) =>
    serviceForm({ services: this.#services, done: leave, cancel: leave }),
  );
  root = el(
    'div',
    {},
    el('p', {
      class: 'lead',
      text: t(
        'Suspending a service keeps the waiting tickets and their order. The displays and the kiosk say why.',
      ),
    }),
    this.#table.root,
    this.#add.root,
  );

  #actions(service, table) {
    const { code } = service();
    const leave = () => table.close(code);
    const edit = () =>
      serviceForm({ service: service(), services: this.#services, done: leave, cancel: leave });
    return el(
      'div',
      { class: 'acts' },
      panelButton(table, code, 'suspend', t('Suspend'), () => suspendForm(service(), leave)),
      commandButton({
        text: t('Restore'),
        primary: true,
        request: () => [`/api/services/${code}/restore`, {}],
      }),
      panelButton(table, code, 'edit', t('Edit'), edit),
    );
  }

  render(state) {
    this.#services = state.service_list ?? [];
    const now = servicesByCode(state);
    const rows = this.#services.map((service) => ({
      ...service,
      waiting: now[service.code]?.waiting ?? 0,
      steps: stepsOf(service)
        .map((code) => now[code]?.letter ?? code)
        .join(' → '),
    }));
    this.#table.render(rows);
  }
}

/** Suspend what is open, restore what is suspended, edit always. */
function showActions(cell, { state }) {
  const [suspend, restore] = cell.firstElementChild.children;
  suspend.hidden = state !== 'open';
  restore.hidden = state !== 'suspended';
}

function suspendedText({ state, cause, expected_back: back }) {
  if (state !== 'suspended') return '';
  if (!back) return causeWord(cause);
  return t('{cause}, expected back {time}', { cause: causeWord(cause), time: formatTime(back) });
}

function secondsText(seconds) {
  return seconds % 60 === 0 ? t('{minutes} min', { minutes: seconds / 60 }) : t('{seconds} s', { seconds });
}

function suspendForm({ code, name_id: name }, leave) {
  const cause = selectField({ label: t('Cause'), options: [['', t('Choose')], ...suspendCauses()] });
  const back = timeField({
    label: t('Expected back at'),
    hint: t('An hour such as 10:30. Leave empty if nobody knows.'),
  });
  const body = () => ({ cause: neededText(cause, t('Choose a cause.')), expected_back: typedMoment(back) });
  return commandForm({
    title: t('Suspend {name}?', { name }),
    fields: [cause, back],
    submit: t('Suspend'),
    alert: true,
    cancel: leave,
    done: leave,
    request: () => [`/api/services/${code}/suspend`, body()],
  });
}
