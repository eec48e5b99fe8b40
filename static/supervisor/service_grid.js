/** One row a counter, one box a service; a changed row shows its button to save. */

import { el, renderList } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { adopt, changed, checkField, follow, textField } from './fields.js';
import { counterList } from './tickets.js';
import { counterName } from './words.js';

export class ServiceGrid {
  #services = [];
  #head = el('tr');
  #body = el('tbody');
  root = el(
    'div',
    { class: 'table' },
    el(
      'table',
      { class: 'grid' },
      el('caption', { class: 'visually-hidden', text: t('Who serves what') }),
      el('thead', {}, this.#head),
      this.#body,
    ),
  );

  render(state) {
    const codes = state.services.map((service) => service.code).join();
    if (codes !== this.#services.map((service) => service.code).join()) {
      this.#services = state.services;
      this.#showHead();
    }
    renderList(
      this.#body,
      counterList(state),
      (counter) => `${counter.number} ${codes}`,
      (counter) => this.#row(counter.number),
      (row, counter) => row.show(counter),
    );
  }

  #showHead() {
    const heads = this.#services.map((service) =>
      el(
        'th',
        { scope: 'col', class: 'box' },
        el('span', { class: 'number', text: service.letter }),
        el('span', { class: 'soft name', text: pick(service.name) }),
      ),
    );
    this.#head.replaceChildren(
      el('th', { scope: 'col', text: t('Counter') }),
      ...heads,
      el('th', { scope: 'col', text: t('Zone') }),
      el('th', { scope: 'col' }, el('span', { class: 'visually-hidden', text: t('Save') })),
    );
  }

  #row(number) {
    const counter = counterName(number);
    const boxes = this.#services.map((service) =>
      checkField({
        label: t('{counter} serves {service}', { counter, service: pick(service.name) }),
        quiet: true,
      }),
    );
    const zone = textField({ label: t('Zone of {counter}', { counter }), size: 12, quiet: true });
    const inputs = [...boxes, zone].map((box) => box.input);
    const chosen = () =>
      this.#services.filter((_, index) => boxes[index].input.checked).map(({ code }) => code);
    const save = commandButton({
      text: t('Save'),
      label: t('Save {counter}', { counter }),
      primary: true,
      request: () => ['/api/counters', { number, services: chosen(), zone: zone.input.value.trim() || null }],
      done: () => adopt(zone.input, zone.input.value.trim()),
    });
    const showSave = () => {
      save.button.hidden = !inputs.some(changed);
    };
    const row = el(
      'tr',
      {},
      el('th', { scope: 'row', class: 'nowrap', text: counter }),
      ...boxes.map((box, index) =>
        el('td', { class: 'box', dataset: { label: pick(this.#services[index].name) } }, box),
      ),
      el('td', { dataset: { label: t('Zone') } }, zone),
      el('td', { class: 'save' }, save),
    );
    row.addEventListener('input', showSave);
    row.show = ({ services, zone: place }) => {
      this.#services.forEach(({ code }, index) => follow(boxes[index].input, services.includes(code)));
      follow(zone.input, place);
      showSave();
    };
    return row;
  }
}
