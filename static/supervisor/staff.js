/** Staff: labels of their choice, roles and PINs. No names of persons are needed. */

import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { InputError, commandForm, neededText } from './command.js';
import { selectField, textField } from './fields.js';
import { panelButton, titled } from './parts.js';
import { Table } from './table.js';
import { counterList } from './tickets.js';
import { counterName, roleWord, roles } from './words.js';

/** "Petugas 2" before "Petugas 10". */
const BY_LABEL = new Intl.Collator('id', { numeric: true });
const PIN = /^\d{6,12}$/;

export class StaffSection {
  static id = 'staff';
  static title = () => t('Staff');

  #table = new Table({
    caption: t('Staff'),
    key: (person) => person.label,
    empty: t('There is nobody yet.'),
    rowClass: (person) => (person.active ? '' : 'quiet'),
    columns: [
      { label: t('Label'), class: 'strong', text: ({ label }) => label },
      { label: t('Role'), text: ({ role }) => roleWord(role) },
      { label: t('Now at'), text: ({ at }) => (at ? counterName(at) : '–') },
      { label: t('State'), text: ({ active }) => (active ? t('active') : t('disabled')) },
      {
        label: t('Actions'),
        class: 'act',
        build: (cell, person, table) => cell.append(actions(person, table)),
        update: (cell, { active }) => {
          cell.firstElementChild.lastElementChild.hidden = !active;
        },
      },
    ],
  });
  root = el(
    'div',
    {},
    el('p', {
      class: 'lead',
      text: t(
        'A label is what appears on screens and in the journal, such as "Petugas 3". It need not be a name.',
      ),
    }),
    this.#table.root,
    titled(t('Add somebody'), addForm()),
  );

  render(state) {
    const at = Object.fromEntries(
      counterList(state)
        .filter((counter) => counter.staff)
        .map((counter) => [counter.staff, counter.number]),
    );
    const people = (state.staff_list ?? []).map((person) => ({ ...person, at: at[person.label] }));
    this.#table.render(people.sort((one, other) => BY_LABEL.compare(one.label, other.label)));
  }
}

function actions(person, table) {
  const { label } = person();
  const url = (path) => `/api/staff/${encodeURIComponent(label)}/${path}`;
  const leave = () => table.close(label);
  return el(
    'div',
    { class: 'acts' },
    panelButton(table, label, 'pin', t('New PIN'), () => newPinForm(label, url('pin'), leave)),
    panelButton(table, label, 'disable', t('Disable'), () => disableForm(label, url('disable'), leave)),
  );
}

function newPinForm(label, url, leave) {
  const pin = pinFields();
  return commandForm({
    title: t('New PIN for {label}', { label }),
    fields: pin.boxes,
    submit: t('Save the PIN'),
    cancel: leave,
    done: leave,
    request: () => [url, { pin: pin.value() }],
  });
}

function disableForm(label, url, leave) {
  const effect = t(
    'This label can no longer sign in. What it did stays in the journal. A new PIN enables it again.',
  );
  return commandForm({
    title: t('Disable {label}?', { label }),
    fields: [el('p', { class: 'field-wide', text: effect })],
    submit: t('Disable'),
    alert: true,
    cancel: leave,
    done: leave,
    request: () => [url, {}],
  });
}

/** A PIN, typed twice because it is not shown. */
function pinFields() {
  const options = { type: 'password', mode: 'numeric', size: 12 };
  const attributes = { autocomplete: 'new-password', maxlength: 12 };
  const pin = textField({
    ...options,
    attributes,
    label: t('PIN'),
    hint: t('6 to 12 digits, no simple row such as 123456.'),
  });
  const again = textField({ ...options, attributes, label: t('PIN again') });
  const value = () => {
    if (!PIN.test(pin.input.value)) throw new InputError(t('A PIN has 6 to 12 digits.'), pin.input);
    if (again.input.value !== pin.input.value) throw new InputError(t('The two PINs differ.'), again.input);
    return pin.input.value;
  };
  return { boxes: [pin, again], value };
}

function addForm() {
  const label = textField({ label: t('Label'), size: 20, attributes: { maxlength: 40 } });
  const role = selectField({ label: t('Role'), options: roles(), value: 'counter' });
  const pin = pinFields();
  return commandForm({
    fields: [label, role, ...pin.boxes],
    submit: t('Add'),
    done: () => t('Added.'),
    request: () => [
      '/api/staff',
      { label: neededText(label, t('Enter a label.')), role: role.input.value, pin: pin.value() },
    ],
  });
}
