/** The end of the first run: which screens are there, what still waits, and a rehearsal. */

import { get } from '../js/api.js';
import { clock, formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText } from '../js/component.js';
import { language, setLanguage, t } from '../js/i18n.js';
import { Live } from '../js/live.js';
import { DeviceCard } from './device_card.js';
import { readiness } from './readiness.js';
import { RehearsalBox } from './rehearsal_box.js';
import { WifiSheet } from './wifi_sheet.js';

const POLL = 2000; // milliseconds: what displays and printers report is no row of the journal
const MARKS = { ok: 'M4 12.5l5 5L20 6.5', wait: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3 2', bad: 'M6 6l12 12M18 6L6 18' };

class ReadyPage {
  #state = null;
  #cards = new Map();
  #clockOff = 0;

  constructor(root) {
    this.title = el('h1');
    this.language = el('button', { type: 'button', class: 'wizard-language' });
    this.strip = el('ul', { class: 'ready-strip' });
    this.summary = el('p', { class: 'ready-summary', role: 'status' });
    this.lead = el('p');
    this.opening = el('p');
    this.screens = el('ul', { class: 'ready-screens' });
    this.headings = ['screens', 'rehearsal', 'wifi', 'next'].map(() => el('h2'));
    this.hint = el('p', { class: 'soft' });
    this.rehearsal = new RehearsalBox(() => this.live.refresh());
    this.wifi = new WifiSheet();
    this.links = el('p', { class: 'ready-links' });
    const [screens, rehearsal, wifi, next] = this.headings;
    root.append(
      el('header', { class: 'wizard-top' }, this.title, this.language),
      this.lead,
      this.summary,
      this.strip,
      el('section', {}, screens, this.hint, this.screens),
      el('section', {}, rehearsal, this.rehearsal.root),
      el('section', { class: 'ready-wifi' }, wifi, this.wifi.root),
      el('section', { class: 'ready-next' }, next, this.opening, this.links),
    );
    this.language.addEventListener('click', () => this.#switchLanguage());
  }

  start() {
    this.live = new Live({ namespace: '/supervisor', snapshotUrl: '/api/supervisor', poll: POLL });
    this.live.onState((state) => {
      this.#state = state;
      this.#render();
    });
    this.live.onConnection(() => this.#render());
    clock.everySecond(() => this.#tick());
    this.#compareClock();
    this.#words();
  }

  /** How far this device's clock is from the server's own. */
  async #compareClock() {
    const asked = Date.now();
    const { now } = await get('/api/supervisor').catch(() => ({ now: Date.now() }));
    this.#clockOff = (asked + Date.now()) / 2 - now;
    this.#render();
  }

  #words() {
    const [screens, rehearsal, wifi, next] = this.headings;
    setText(screens, t('Connect the screens'));
    setText(rehearsal, t('Try one number'));
    setText(wifi, t('Wi-Fi for phones and tablets'));
    setText(next, t('Then'));
    setText(this.lead, t('The office is set up. Connect its screens and try one number: each mark turns green by itself.'));
    setText(this.language, language() === 'id' ? 'English' : 'Bahasa Indonesia');
    this.language.lang = language() === 'id' ? 'en' : 'id';
    this.rehearsal.words();
    this.wifi.words();
    this.links.replaceChildren(
      el('a', { class: 'button', href: '/supervisor', text: t("To the supervisor's page") }),
      el('a', { class: 'button', href: '/supervisor#staff', text: t('Give each officer a label and a PIN') }),
      el('a', { class: 'button', href: '/supervisor#printing', text: t('Connect a printer') }),
    );
    document.title = t('Is everything ready?');
    this.#cards.clear();
    renderList(this.screens, [], (device) => device.id, () => null);
    this.#render();
  }

  #render() {
    const state = this.#state;
    if (!state) return;
    setText(this.title, state.office.name);
    setText(this.opening, openingText(state));
    const items = readiness(state, this.#clockOff);
    const missing = items.filter((item) => item.mark !== 'ok').length;
    setText(
      this.summary,
      missing === 0 ? t('Everything is ready.') : t('Ready: {ready} of {all}', { ready: items.length - missing, all: items.length }),
    );
    renderList(this.strip, items, (item) => item.name, newMark, showMark);
    const devices = state.devices.filter((device) => !device.revoked && device.kind !== 'agent');
    setText(this.hint, t('On this computer: open it with the button. On another device: scan the QR code, or open {address} and type the code. A screen is paired once and then starts by itself.', {
      address: `${state.office.public_url ?? window.location.origin}/pair`,
    }));
    renderList(
      this.screens,
      devices,
      (device) => device.id,
      (device) => this.#card(device),
      (node, device) => this.#cards.get(device.id).render(device, state.office.public_url, clock.now()),
    );
    this.rehearsal.render(state);
  }

  #card(device) {
    const card = new DeviceCard(device);
    this.#cards.set(device.id, card);
    return card.root;
  }

  #tick() {
    for (const card of this.#cards.values()) card.tick(clock.now());
  }

  #switchLanguage() {
    setLanguage(language() === 'id' ? 'en' : 'id');
    this.#words();
  }
}

/** When real numbers are given: the office does that by itself. */
function openingText({ phase, hours }) {
  const times = { numbers: formatTime(hours.numbers_from), opens: formatTime(hours.opens) };
  if (phase === 'before') return t('Today numbers are given from {numbers}, and the office opens at {opens}, both by themselves.', times);
  if (phase === 'numbers') return t('Numbers are given now. The office opens at {opens} by itself.', times);
  if (phase === 'open') return t('The office is open now.');
  return t("Today's hours are over. To try the real thing now, open the office on the supervisor's page.");
}

function newMark() {
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return el('li', { class: 'ready-mark' }, svg, el('b'), el('span'));
}

function showMark(node, { name, mark, title, text }) {
  setAttribute(node, 'data-mark', mark);
  setAttribute(node, 'data-name', name);
  setAttribute(node.querySelector('path'), 'd', MARKS[mark]);
  setText(node.querySelector('b'), title);
  setText(node.querySelector('span'), text);
}

new ReadyPage(document.getElementById('ready')).start();
