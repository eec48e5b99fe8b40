/** The counter screen: holds the state, hands it to the parts, carries out keys and clicks. */

import { post } from '../js/api.js';
import { clock } from '../js/clock.js';
import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Live } from '../js/live.js';
import { ACTIONS, DEADLINE, HELP, TOOLS, UNDO } from './actions.js';
import { Bar } from './bar.js';
import { Bell } from './bell.js';
import { onPress } from './button.js';
import { Card } from './card.js';
import { Commander } from './commander.js';
import { deskView, serviceOf } from './desk_view.js';
import { listenToKeys } from './keyboard.js';
import { Lists } from './lists.js';
import { Panel } from './panel.js';
import { PANELS } from './panels/panels.js';
import { usualOutcome } from './service_state.js';
import { Waiting } from './waiting.js';

const HELP_EVERY_S = 10;
const MOST_BLANKS = 9;
const REFUSED = 401;
/** A refusal that was there to read so long goes when something else is in hand. */
const STALE_MS = 5_000;
/** While a counter is open and one's own. */
const WORKING = new Set(['free', 'called', 'serving']);

class Desk {
  #me;
  #snapshot = null;
  #connection = null;
  #view = null;
  #panel = null;
  #outcome = 'done';
  #blanks = 0;
  #hand = null;
  #refusedAt = 0;
  #live;
  #bell = new Bell();
  #commander = new Commander((status) => this.#showStatus(status));
  #parts;
  #card;
  #bar;
  #waiting;
  #lists;
  #places;

  /** @param {{counter: number | null, staff: string, role: string}} me */
  constructor(me) {
    const part = (id) => document.getElementById(id);
    this.#me = me;
    this.#parts = { lists: part('lists'), side: part('side-panel') };
    this.#card = new Card(part('card'), this);
    this.#bar = new Bar(part('bar'), (action) => this.run(action));
    this.#waiting = new Waiting(part('waiting'), (ticket) => this.openPanel('ticket', { ticket, list: 'waiting' }));
    this.#lists = new Lists(part('lists'), (ticket, list) => this.openPanel('ticket', { ticket, list }));
    const close = () => this.closePanel();
    this.#places = { card: new Panel(part('card-panel'), close), side: new Panel(part('side-panel'), close) };
  }

  start() {
    this.#live = new Live({
      namespace: '/counter',
      snapshotUrl: '/api/desk',
      idle: () => !this.#view?.ticket && !this.#panel && !this.#commander.busy,
    });
    this.#live.onState((snapshot) => {
      this.#snapshot = snapshot;
      this.#render();
    });
    this.#live.onConnection((connection) => {
      if (connection.status === REFUSED) window.location.assign('/signin?next=/counter');
      this.#connection = connection;
      this.#render();
    });
    clock.everySecond((now) => this.#tick(now));
    listenToKeys((key, event) => this.#onKey(key, event));
    document.getElementById('leave').addEventListener('submit', (event) => {
      event.preventDefault();
      // Or its refusal would lead to the same page once more.
      this.#live.stop();
      leave();
    });
  }

  // --- what the parts may do ---

  /** Carry out an action if it is legal now. */
  run(action) {
    if (!this.#view || !action.legal(this.#view)) return;
    this.#commander.clear();
    action.run(this, this.#view);
  }

  /** A command of this counter. */
  send(command, body = {}) {
    return this.#do(`/api/counters/${this.#me.counter}/${command}`, body);
  }

  /** A command about one ticket. */
  change(id, command, body = {}) {
    return this.#do(`/api/tickets/${id}/${command}`, body);
  }

  reprint(id) {
    return this.#do(`/api/tickets/${id}/reprint`, {});
  }

  finish(callNext) {
    return this.send('finish', { outcome: this.#outcome, blanks: this.#blanks, call_next: callNext });
  }

  nextStep() {
    return this.send('next-step', { blanks: this.#blanks });
  }

  async issue(values) {
    const { answer, code, words } = await this.#commander.send('/api/tickets', values);
    if (answer) this.openPanel('issued', answer.ticket);
    else if (code !== 'busy') {
      this.openPanel('issue', { refusal: code, values });
      this.#places.side.refuse(words);
    }
  }

  sendNotice(values) {
    return this.#do('/api/notices', values);
  }

  endNotice() {
    return this.#do('/api/notices/end', {});
  }

  answerHelp(id) {
    return this.#do(`/api/help/${id}/answer`, {});
  }

  chooseOutcome(code) {
    this.#outcome = code;
    this.#render();
  }

  countBlanks(change) {
    this.#blanks = Math.min(MOST_BLANKS, Math.max(0, this.#blanks + change));
    this.#render();
  }

  /** A button for the inside of a panel. */
  panelButton(label, run) {
    const button = el('button', { type: 'button', class: 'button action' }, el('span', { text: label }));
    onPress(button, run);
    return button;
  }

  openPanel(name, subject = null) {
    const { make, place } = PANELS[name];
    const content = make(this, this.#view, subject);
    this.#hidePanels();
    this.#panel = { name, place };
    this.#places[place].show(content);
    this.#render();
  }

  closePanel() {
    this.#hidePanels();
    this.#commander.clear();
    this.#render();
  }

  // --- inside ---

  /** Returns whether the command was carried out. */
  async #do(url, body) {
    const panel = this.#panel;
    const { answer } = await this.#commander.send(url, body);
    if (!answer) return false;
    if (this.#panel === panel) this.closePanel();
    this.#live.refresh();
    return true;
  }

  /** A refusal stands where it was asked for: in the form at the side, else on the card. */
  #showStatus(status) {
    if (status.error) this.#refusedAt = performance.now();
    const { side } = this.#places;
    const atTheSide = this.#panel?.place === 'side' && side.open;
    this.#card.renderStatus(atTheSide ? { ...status, error: '' } : status);
    if (atTheSide) side.refuse(status.error);
  }

  #hidePanels() {
    this.#panel = null;
    for (const panel of Object.values(this.#places)) panel.close();
  }

  #onKey(key, event) {
    this.#render(); // what is legal may have changed since the last second
    if (!this.#view) return false;
    if (key === 'escape') {
      this.closePanel();
      this.#commander.clear();
      return true;
    }
    if (key === 'w') {
      this.#waiting.focus();
      return true;
    }
    if (this.#panel?.place === 'card') {
      if (key === 'enter') this.#places.card.submit();
      return key === 'enter';
    }
    if (this.#view.mode === 'serving' && this.#finishingKey(key, event)) return true;
    const action = [...ACTIONS, UNDO, ...TOOLS, HELP, DEADLINE].find(
      (one) => one.key === key && one.legal(this.#view),
    );
    if (action) this.run(action);
    return Boolean(action);
  }

  #finishingKey(key, event) {
    const outcome = this.#snapshot.outcomes[Number(key) - 1];
    if (outcome) this.chooseOutcome(outcome);
    else if (key === 'b') this.countBlanks(event.shiftKey ? -1 : 1);
    return Boolean(outcome) || key === 'b';
  }

  #tick(now) {
    this.#render();
    const helping = this.#snapshot?.help.length > 0;
    if (helping && Math.floor(now / 1000) % HELP_EVERY_S === 0) this.#bell.help();
  }

  #render() {
    if (!this.#snapshot) {
      this.#bar.renderStrip(null, this.#connection);
      return;
    }
    const before = this.#view;
    this.#view = deskView(this.#snapshot, this.#me, clock.now());
    this.#noticeChanges(before, this.#view);
    const choices = { outcome: this.#outcome, blanks: this.#blanks, panelOpen: this.#panel?.place === 'card' };
    this.#card.render(this.#view, choices);
    this.#bar.render(this.#view, this.#connection);
    this.#waiting.render(this.#view);
    this.#lists.render(this.#view);
    this.#parts.lists.hidden = !this.#parts.side.hidden;
    document.title = titleOf(this.#view);
  }

  /**
   * A new ticket in hand starts with a clean form. Somebody waits again: a soft sound, once, also
   * while somebody is being served, who would else keep the counter from noticing.
   */
  #noticeChanges(before, view) {
    const known = this.#hand;
    const hand = `${view.mode} ${view.ticket?.id ?? ''}`;
    if (hand !== known) {
      this.#hand = hand;
      this.#outcome = usualOutcome(view.ticket && serviceOf(view.snapshot, view.ticket.service));
      this.#blanks = 0;
      if (performance.now() - this.#refusedAt > STALE_MS) this.#commander.clear();
      if (this.#panel?.place === 'card') this.#hidePanels();
      if (view.mode === 'closed' && view.may.has('open')) this.openPanel('open');
    }
    // What this counter did itself (undo, finish) it need not be told.
    const sameHand = hand === known && WORKING.has(view.mode);
    if (sameHand && before?.waiting === 0 && view.waiting > 0) this.#bell.arrival();
  }

}

async function leave() {
  try {
    await post('/api/session/end');
  } finally {
    window.location.assign('/signin');
  }
}

function titleOf({ waiting, me }) {
  if (me.counter === null) return t('Counter desk');
  return waiting > 0
    ? t('({count}) Counter {number}', { count: waiting, number: me.counter })
    : t('Counter {number}', { number: me.counter });
}

const { counter, staff, role } = document.getElementById('desk').dataset;
new Desk({ counter: counter ? Number(counter) : null, staff, role }).start();
