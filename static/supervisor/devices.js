/** Devices: pairing new ones, watching the others, their screens' sizes. */

import { el, renderList, setText } from '../js/component.js';
import { formatElapsed } from '../js/clock.js';
import { t } from '../js/i18n.js';
import { commandButton, commandForm, neededText } from './command.js';
import { configureForm, sizeWarning } from './device_form.js';
import { selectField, textField } from './fields.js';
import { Table } from './table.js';
import { agoText, lengthText } from './times.js';
import { deviceKindWord, deviceKinds } from './words.js';

const CLOCK_TOLERANCE = 120_000;

export class DevicesSection {
  static id = 'devices';
  static title = () => t('Devices');
  static count(state) {
    const lost = (state.devices ?? []).filter((device) => isPaired(device) && !device.connected).length;
    return lost ? { number: lost, said: t('{count} not connected', { count: lost }), alert: true } : null;
  }

  #state = null;
  #pairings = el('ul', { class: 'pairings' });
  #table = this.#makeTable();
  #revoked = el('ul', { class: 'lines' });
  #revokedFold = el('details', { class: 'fold', hidden: true }, el('summary', { text: t('Revoked devices') }), this.#revoked);
  #add = el('details', { class: 'fold' }, el('summary', { text: t('Pair a new device') }), pairForm(() => {
    this.#add.open = false;
  }));
  root = el('div', {}, this.#pairings, this.#add, this.#table.root, this.#revokedFold);

  #makeTable() {
    return new Table({
      caption: t('Devices'),
      key: (device) => device.id,
      empty: t('No device is paired yet.'),
      columns: [
        { label: t('Name'), class: 'strong', text: ({ name }) => name },
        { label: t('Kind'), text: ({ kind }) => deviceKindWord(kind) },
        { label: t('Connection'), build: twoLines, update: showConnection },
        { label: t('Clock'), update: showClock },
        { label: t('Settings'), build: (cell) => cell.append(el('span'), el('p', { class: 'problem' })), update: showConfig },
        { label: t('Actions'), class: 'act', build: (cell, device, table) => this.#buildAct(cell, device, table) },
      ],
    });
  }

  #buildAct(cell, device, table) {
    const leave = () => table.close(device().id);
    const configure = () => configureForm({ device: device(), state: this.#state, done: leave, cancel: leave });
    const revoke = () => commandForm({
      title: t('Revoke {name}?', { name: device().name }),
      fields: [el('p', { class: 'field-wide', text: t('The device is disconnected at once and must be paired again to come back.') })],
      submit: t('Revoke'),
      alert: true,
      cancel: leave,
      done: leave,
      request: () => [`/api/devices/${device().id}/revoke`, {}],
    });
    const button = (name, text, build) => el('button', { type: 'button', class: 'button', text, on: { click: (event) => table.toggle(device().id, name, build, event.currentTarget) } });
    cell.append(el('div', { class: 'acts' }, button('configure', t('Set up'), configure), button('revoke', t('Revoke'), revoke)));
  }

  render(state, now) {
    this.#state = state;
    const devices = state.devices ?? [];
    const pairing = devices.filter((device) => !device.revoked && !isPaired(device));
    renderList(this.#pairings, pairing, (device) => `${device.id} ${device.pairing?.code}`, pairingBox, (box) => box.tick(now));
    this.#pairings.hidden = pairing.length === 0;
    this.#table.render(devices.filter(isPaired).map((device) => ({ ...device, now, printers: state.printers, services: state.services })));
    const revoked = devices.filter((device) => device.revoked);
    renderList(this.#revoked, revoked, (device) => device.id, revokedLine);
    this.#revokedFold.hidden = revoked.length === 0;
  }

  tick(now) {
    for (const box of this.#pairings.children) box.tick(now);
  }
}

function twoLines(cell) {
  cell.append(el('span'), el('span', { class: 'soft' }));
}

function showConnection(cell, { connected, last_seen: seen, fault, now }) {
  const [state, more] = cell.children;
  cell.classList.toggle('bad', !connected);
  setText(state, connected ? t('connected') : t('not connected'));
  setText(more, fault ? t('fault: {fault}', { fault }) : connected ? '' : t('last seen {ago}', { ago: agoText(seen, now) }));
}

function showClock(cell, { clock_off: off }) {
  const wrong = Math.abs(off ?? 0) > CLOCK_TOLERANCE;
  cell.classList.toggle('bad', wrong);
  if (off === null || off === undefined) setText(cell, '–');
  else if (Math.abs(off) < 1500) setText(cell, t('right'));
  else if (!wrong) setText(cell, t('{seconds} s off', { seconds: Math.round(Math.abs(off) / 1000) }));
  else setText(cell, off > 0 ? t('{length} ahead', { length: lengthText(off) }) : t('{length} behind', { length: lengthText(-off) }));
}

const letters = (codes, services) => services.filter((service) => codes.includes(service.code)).map((service) => service.letter).join(' ');

function showConfig(cell, { kind, config = {}, printers = [], services = [] }) {
  const parts = [];
  if (config.screen_height_mm) parts.push(t('screen {mm} mm high', { mm: config.screen_height_mm }));
  if (kind === 'display' && config.viewing_distance_m) parts.push(t('read from {m} m', { m: config.viewing_distance_m }));
  if (config.counter) parts.push(t('Counter {number}', { number: config.counter }));
  if (kind === 'display' && config.zone) parts.push(t('zone {zone}', { zone: config.zone }));
  if (config.voice === 'off') parts.push(t('no voice'));
  if (config.services?.length) parts.push(t('only {letters}', { letters: letters(config.services, services) }));
  if (config.printer) parts.push(printers.find((printer) => printer.id === config.printer)?.name ?? '');
  setText(cell.firstElementChild, parts.join(', ') || '–');
  const warning = kind === 'display' ? sizeWarning(config.screen_height_mm, config.viewing_distance_m) : '';
  setText(cell.lastElementChild, warning);
  cell.lastElementChild.hidden = !warning;
}

const isPaired = (device) => !device.revoked && device.paired;

/** The code of a device that is waiting to be paired, large, with the time it has left. */
function pairingBox(device) {
  const left = el('p', { class: 'strong' });
  const box = el(
    'li', { class: 'pairing' },
    el('div', {},
      el('p', { class: 'strong', text: t('Pair {name} ({kind})', { name: device.name, kind: deviceKindWord(device.kind) }) }),
      el('p', { text: t('On that device open this server\'s address followed by /pair and type the code.') }),
      left),
    el('p', { class: 'code', text: device.pairing?.code ?? '' }),
    el('div', { class: 'acts' }, newCode(device, t('New code')), remove(device)),
  );
  box.tick = (now) => {
    const rest = (device.pairing?.until ?? 0) - now;
    box.classList.toggle('over', rest <= 0);
    setText(left, rest > 0 ? t('Valid for {time} more', { time: formatElapsed(rest) }) : t('The code is too old.'));
  };
  return box;
}

function remove(device) {
  return commandButton({ text: t('Remove'), label: t('Remove {name}', { name: device.name }), request: () => [`/api/devices/${device.id}/revoke`, {}] });
}

function newCode(device, text) {
  return commandButton({ text, label: t('New code for {name}', { name: device.name }), request: () => [`/api/devices/${device.id}/pair`, {}] });
}

function revokedLine(device) {
  return el('li', {}, el('span', { text: t('{name} ({kind})', { name: device.name, kind: deviceKindWord(device.kind) }) }), newCode(device, t('Pair again')));
}

function pairForm(done) {
  const kind = selectField({ label: t('Kind'), options: deviceKinds(), value: 'kiosk' });
  const name = textField({ label: t('Name'), size: 28, hint: t('Where it stands, such as "Layar ruang tunggu".'), attributes: { maxlength: 60 } });
  return commandForm({
    fields: [kind, name],
    submit: t('Make a pairing code'),
    request: () => ['/api/devices', { kind: kind.input.value, name: neededText(name, t('Enter a name.')) }],
    done: () => {
      done();
    },
  });
}
