/** The catalogue: what is offered, what is suspended and until when. */

import { el, setText } from '../js/component.js';
import { language, t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { AddPanel, panelButton, showLines, twoLines } from './parts.js';
import { serviceForm, stepsOf } from './service_form.js';
import { interruptionText, serviceStateForm } from './service_state.js';
import { Stock } from './stock.js';
import { Table } from './table.js';
import { servicesByCode, suspendedRows } from './tickets.js';
import { UsualServices } from './usual_services.js';
import { serviceStateWord } from './words.js';

export class ServicesSection {
  static id = 'services';
  static title = () => t('Services');
  static count(state) {
    const count = (state.services ?? []).filter((service) =>
      ['suspended', 'biodata_instead'].includes(service.state),
    ).length;
    return count ? { number: count, said: t('{count} interrupted', { count }), alert: true } : null;
  }

  #services = [];
  #biodata = null;
  #table = new Table({
    caption: t('Services'),
    key: (service) => service.code,
    rowClass: (service) => (service.state === 'open' ? '' : 'quiet'),
    empty: t('There is no service yet.'),
    columns: [
      { label: t('Letter'), class: 'number', text: ({ letter }) => letter },
      {
        label: t('Name'),
        class: 'names',
        build: twoLines,
        update: (cell, service) => showLines(cell, ...namesOf(service)),
      },
      {
        label: t('State'),
        build: twoLines,
        update: (cell, service) => showLines(cell, serviceStateWord(service.state), interruptionText(service)),
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
  #stock = new Stock();
  #usual = new UsualServices();
  root = el(
    'div',
    {},
    el('p', {
      class: 'lead',
      text: t(
        'Whatever interrupts a service: who holds a number keeps it, and the order. Kiosk, displays and phones say why, and the hall hears it every ten minutes.',
      ),
    }),
    this.#table.root,
    this.#add.root,
    this.#usual.root,
    this.#stock.root,
  );

  #actions(service, table) {
    const { code } = service();
    const leave = () => table.close(code);
    const edit = () =>
      serviceForm({ service: service(), services: this.#services, done: leave, cancel: leave });
    return el(
      'div',
      { class: 'acts' },
      panelButton(table, code, 'suspend', t('Suspend'), () => this.#stateForm(service(), leave)),
      commandButton({
        text: t('Restore'),
        primary: true,
        request: () => [`/api/services/${code}/restore`, {}],
      }),
      panelButton(table, code, 'edit', t('Edit'), edit),
    );
  }

  #stateForm(service, leave) {
    const biodata = this.#biodata !== service.code && this.#services.some(({ code }) => code === this.#biodata);
    return serviceStateForm({ service, biodata, leave });
  }

  render(state) {
    this.#biodata = state.settings?.biodata_service?.value;
    this.#services = state.service_list ?? [];
    const now = servicesByCode(state);
    const held = suspendedRows(state);
    const rows = this.#services.map((service) => ({
      ...service,
      waiting: (now[service.code]?.waiting ?? 0) + held.filter((row) => row.service === service.code).length,
      steps: stepsOf(service)
        .map((code) => now[code]?.letter ?? code)
        .join(' → '),
    }));
    this.#table.render(rows);
    this.#usual.render(state);
    this.#stock.render(state);
  }
}

/** Interrupt what is open, change or end what is interrupted, edit always. */
function showActions(cell, { state }) {
  const [suspend, restore] = cell.firstElementChild.children;
  setText(suspend, state === 'open' ? t('Suspend') : t('Change state'));
  restore.hidden = state === 'open';
}

function secondsText(seconds) {
  return seconds % 60 === 0 ? t('{minutes} min', { minutes: seconds / 60 }) : t('{seconds} s', { seconds });
}

/** Both names, the reader's own first. */
function namesOf({ name_id: indonesian, name_en: english }) {
  return language() === 'en' ? [english, indonesian] : [indonesian, english];
}
