/** All fields of a printer, to change one or to add one. */

import { setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandForm, neededText, wholeNumber } from './command.js';
import { checkField, numberField, selectField, textField } from './fields.js';
import { printerKinds } from './words.js';

const NEW = {
  kind: 'network',
  width_mm: 80,
  status: 'dle_eot',
  probe: 'gsr',
  cutter: 1,
  active: 1,
  agent: null,
};
const ROLL = { min: 1, max: 100 };
/** Those that answer nothing: what they are given is `sent` at best. */
const SPOOLERS = ['lp', 'windows'];
/** Models of the printing library that differ from the usual: resolution, width, codes as pictures. */
const PROFILES = ['TM-T20II', 'TM-T88V', 'TM-T88III', 'TM-P80', 'POS-5890', 'NT-5890K', 'ZJ-5870', 'RP80USE'];

/**
 * @param {object} options
 * @param {object} [options.printer] of the snapshot's `printers`; none to add one
 * @param {object[]} [options.agents] devices that print beside other machines
 * @param {() => void} options.done
 * @param {() => void} options.cancel
 * @returns {HTMLFormElement}
 */
export function printerForm({ printer, agents = [], done, cancel }) {
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
    suggestions: PROFILES,
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
  const probe = selectField({
    label: t('Says that a ticket came out'),
    value: known.probe,
    options: [
      ['gsr', t('yes (GS r), most')],
      ['gsh', t('yes, with the job (GS ( H), Epson')],
      ['none', t('no')],
    ],
  });
  const agent = selectField({
    label: t('Stands beside'),
    value: known.agent ?? '',
    options: [['', t('this server')], ...agents.map(({ id, name }) => [String(id), name])],
  });
  const roll = numberField({
    label: t('Length of a new roll (m)'),
    value: known.roll_mm ? Math.round(known.roll_mm / 1000) : '',
    ...ROLL,
    hint: t('Empty: 80 m, or 15 m of 58 mm.'),
  });
  const cutter = checkField({ label: t('Cuts the paper'), checked: Boolean(known.cutter) });
  const active = checkField({ label: t('In use'), checked: Boolean(known.active) });
  const drawsOnly = () => kind.input.value === 'preview';
  const showKind = () => {
    for (const box of [address, profile, agent, roll, cutter]) box.hidden = drawsOnly();
    status.hidden = drawsOnly() || SPOOLERS.includes(kind.input.value);
    probe.hidden = status.hidden || status.input.value === 'none';
    setText(address.querySelector('.hint'), addressHint(kind.input.value));
  };
  for (const { input } of [kind, status]) input.addEventListener('change', showKind);
  showKind();
  const body = () => ({
    ...(printer && { printer: printer.id }),
    name: neededText(name, t('Enter a name.')),
    kind: kind.input.value,
    address: drawsOnly() ? '' : neededText(address, t('Enter the address.')),
    width_mm: Number(width.input.value),
    profile: profile.input.value.trim(),
    status: status.hidden ? 'none' : status.input.value,
    probe: probe.hidden ? 'none' : probe.input.value,
    agent: agent.input.value && !drawsOnly() ? Number(agent.input.value) : null,
    roll_mm: rollLength(roll),
    cutter: cutter.input.checked,
    active: active.input.checked,
  });
  return commandForm({
    title: printer ? t('Edit {name}', { name: printer.name }) : t('Add a printer'),
    fields: [name, kind, address, agent, width, roll, profile, status, probe, cutter, active],
    submit: printer ? t('Save') : t('Add'),
    cancel,
    done,
    keep: true,
    request: () => ['/api/printers', body()],
  });
}

function rollLength(box) {
  const metres = wholeNumber(box, ROLL);
  return metres === null ? null : metres * 1000;
}

function addressHint(kind) {
  const hints = {
    network: t('IP address and port, such as 192.168.1.50:9100'),
    usb: t('Vendor and product, such as 04b8:0e15'),
    serial: t('Port and speed, such as /dev/ttyUSB0@9600'),
    file: t('Such as /dev/usb/lp0'),
    lp: t('Name of the CUPS queue'),
    windows: t('Name of the printer in Windows'),
  };
  return hints[kind] ?? '';
}
