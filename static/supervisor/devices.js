/** Devices: pairing new ones, watching the others, their screens' sizes. */

import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandForm } from './command.js';
import { configureForm, sizeWarning } from './device_form.js';
import { pairForm, pairingBox, revokedLine } from './pairing.js';
import { fold, panelButton, showLines, twoLines } from './parts.js';
import { Table } from './table.js';
import { agoText, lengthText } from './times.js';
import { counterName, deviceKindWord } from './words.js';

/** Differences of clocks, ms: not worth a word, and worth an alarm. */
const CLOCK_RIGHT = 1500;
const CLOCK_WRONG = 120_000;

export class DevicesSection {
  static id = 'devices';
  static title = () => t('Devices');
  static count(state) {
    const lost = (state.devices ?? []).filter((device) => isPaired(device) && !device.connected).length;
    return lost ? { number: lost, said: t('{count} not connected', { count: lost }), alert: true } : null;
  }

  #state = null;
  #pairings = el('ul', { class: 'pairings' });
  #add = fold(
    t('Pair a new device'),
    pairForm(() => {
      this.#add.open = false;
    }),
  );
  #table = new Table({
    caption: t('Devices'),
    key: (device) => device.id,
    empty: t('No device is paired yet.'),
    columns: [
      { label: t('Name'), class: 'strong', text: ({ name }) => name },
      { label: t('Kind'), text: ({ kind }) => deviceKindWord(kind) },
      { label: t('Connection'), build: twoLines, update: showConnection },
      { label: t('Clock'), update: showClock },
      {
        label: t('Settings'),
        build: (cell) => cell.append(el('span'), el('p', { class: 'problem' })),
        update: showConfig,
      },
      {
        label: t('Actions'),
        class: 'act',
        build: (cell, device, table) => cell.append(this.#actions(device, table)),
      },
    ],
  });
  #revoked = el('ul', { class: 'lines' });
  #revokedFold = fold(t('Revoked devices'), this.#revoked);
  root = el('div', {}, this.#pairings, this.#add, this.#table.root, this.#revokedFold);

  #actions(device, table) {
    const { id } = device();
    const leave = () => table.close(id);
    const configure = () =>
      configureForm({ device: device(), state: this.#state, done: leave, cancel: leave });
    return el(
      'div',
      { class: 'acts' },
      panelButton(table, id, 'configure', t('Set up'), configure),
      panelButton(table, id, 'revoke', t('Revoke'), () => revokeForm(device(), leave)),
    );
  }

  render(state, now) {
    this.#state = state;
    const devices = state.devices ?? [];
    const revoked = devices.filter((device) => device.revoked);
    const pairing = devices.filter((device) => !device.revoked && !device.paired);
    const paired = devices.filter(isPaired);
    const key = (device) => `${device.id} ${device.pairing?.code}`;
    renderList(this.#pairings, pairing, key, pairingBox, (box) => box.tick(now));
    this.#pairings.hidden = pairing.length === 0;
    this.#table.render(paired.map((device) => ({ ...device, now, state })));
    renderList(this.#revoked, revoked, (device) => device.id, revokedLine);
    this.#revokedFold.hidden = revoked.length === 0;
  }

  tick(now) {
    for (const box of this.#pairings.children) box.tick(now);
  }
}

const isPaired = (device) => device.paired && !device.revoked;

function revokeForm({ id, name }, leave) {
  const effect = t('The device is disconnected at once and must be paired again to come back.');
  return commandForm({
    title: t('Revoke {name}?', { name }),
    fields: [el('p', { class: 'field-wide', text: effect })],
    submit: t('Revoke'),
    alert: true,
    cancel: leave,
    done: leave,
    request: () => [`/api/devices/${id}/revoke`, {}],
  });
}

function showConnection(cell, { connected, last_seen: seen, fault, now }) {
  cell.classList.toggle('bad', !connected);
  const lastSeen = connected ? '' : seen ? t('last seen {ago}', { ago: agoText(seen, now) }) : t('never seen yet');
  showLines(
    cell,
    connected ? t('connected') : t('not connected'),
    fault ? t('fault: {fault}', { fault }) : lastSeen,
  );
}

function showClock(cell, { clock_off: off }) {
  cell.classList.toggle('bad', Math.abs(off ?? 0) > CLOCK_WRONG);
  setText(cell, clockText(off));
}

function clockText(off) {
  if (off === null || off === undefined) return '–';
  const size = Math.abs(off);
  if (size < CLOCK_RIGHT) return t('right');
  if (size <= CLOCK_WRONG) return t('{seconds} s off', { seconds: Math.round(size / 1000) });
  return off > 0
    ? t('{length} ahead', { length: lengthText(size) })
    : t('{length} behind', { length: lengthText(size) });
}

function showConfig(cell, { kind, config = {}, state }) {
  setText(cell.firstElementChild, configText(config, state) || '–');
  const warning = kind === 'display' ? sizeWarning(config.screen_height_mm, config.viewing_distance_m) : '';
  setText(cell.lastElementChild, warning);
  cell.lastElementChild.hidden = !warning;
}

function configText(config, { services = [], printers = [] }) {
  const letters = services.filter(({ code }) => config.services?.includes(code)).map(({ letter }) => letter);
  return [
    config.screen_height_mm && t('screen {mm} mm high', { mm: config.screen_height_mm }),
    config.viewing_distance_m && t('read from {m} m', { m: config.viewing_distance_m }),
    config.counter && counterName(config.counter),
    config.zone && t('zone {zone}', { zone: config.zone }),
    config.voice === 'off' && t('no voice'),
    letters.length > 0 && t('only {letters}', { letters: letters.join(' ') }),
    printers.find((printer) => printer.id === config.printer)?.name,
  ]
    .filter(Boolean)
    .join(', ');
}
