/** All fields of a printer, to change one or to add one. */

import { setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandForm, neededText } from './command.js';
import { checkField, selectField, textField } from './fields.js';
import { printerKinds } from './words.js';

const NEW = { kind: 'network', width_mm: 80, status: 'dle_eot', cutter: 1, active: 1 };

/**
 * @param {object} options
 * @param {object} [options.printer] of the snapshot's `printers`; none to add one
 * @param {() => void} options.done
 * @param {() => void} options.cancel
 * @returns {HTMLFormElement}
 */
export function printerForm({ printer, done, cancel }) {
  const known = printer ?? NEW;
  const name = textField({ label: t('Name'), value: known.name, size: 24, attributes: { maxlength: 60 } });
  const kind = selectField({ label: t('Kind'), options: printerKinds(), value: known.kind });
  const address = textField({
    label: t('Address'),
    value: known.address,
    size: 26,
    hint: addressHint(known.kind) || ' ',
  });
  const width = selectField({
    label: t('Paper width'),
    value: known.width_mm,
    options: [58, 80].map((mm) => [mm, t('{mm} mm', { mm })]),
  });
  const profile = textField({
    label: t('Profile'),
    value: known.profile,
    size: 16,
    hint: t('The model as the printing library names it; empty fits most.'),
  });
  const status = selectField({
    label: t('Tells its state'),
    value: known.status,
    options: [
      ['dle_eot', t('yes, asked before each ticket')],
      ['none', t('no, many small printers')],
    ],
  });
  const cutter = checkField({ label: t('Cuts the paper'), checked: Boolean(known.cutter) });
  const active = checkField({ label: t('In use'), checked: Boolean(known.active) });
  const drawsOnly = () => kind.input.value === 'preview';
  const showKind = () => {
    for (const box of [address, profile, status, cutter]) box.hidden = drawsOnly();
    setText(address.querySelector('.hint'), addressHint(kind.input.value));
  };
  kind.input.addEventListener('change', showKind);
  showKind();
  const body = () => ({
    ...(printer && { printer: printer.id }),
    name: neededText(name, t('Enter a name.')),
    kind: kind.input.value,
    address: drawsOnly() ? '' : neededText(address, t('Enter the address.')),
    width_mm: Number(width.input.value),
    profile: profile.input.value.trim(),
    status: drawsOnly() ? 'none' : status.input.value,
    cutter: cutter.input.checked,
    active: active.input.checked,
  });
  return commandForm({
    title: printer ? t('Edit {name}', { name: printer.name }) : t('Add a printer'),
    fields: [name, kind, address, width, profile, status, cutter, active],
    submit: printer ? t('Save') : t('Add'),
    cancel,
    done,
    keep: true,
    request: () => ['/api/printers', body()],
  });
}

function addressHint(kind) {
  const hints = {
    network: t('IP address and port, such as 192.168.1.50:9100'),
    usb: t('Vendor and product, such as 04b8:0e15'),
    serial: t('Port and speed, such as /dev/ttyUSB0@9600'),
    file: t('Such as /dev/usb/lp0'),
  };
  return hints[kind] ?? '';
}
