/**
 * A screen's picture of the office, always right or known to be old.
 *
 * The snapshot is the truth; deltas only make it fast. The connection counts as lost when
 * nothing has been heard for SILENCE: neither a socket packet nor an HTTP answer. A cut cable
 * leaves sockets open, so a quiet line is checked by a small request.
 */

import { clock } from './clock.js';
import { mergePatch } from './patch.js';
import { PushChannel } from './socket.js';

const TICK = 250;
/**
 * Milliseconds. `check`: ask on a line quiet for so long; `silence`: lost after so long; `answer`,
 * `answerLost`: patience with a request while connected and while lost; `retry`: pause after one
 * that failed. `lines`: how many requests are sent at once after one that hung, because a browser
 * keeps up to six connections, and each of those that a cut has killed would hang once. Phones are
 * many: the server's beat (every two seconds on the socket) spares them nearly all of the asking.
 */
const SCREEN = { check: 1500, silence: 4000, answer: 1500, answerLost: 1000, retry: 250, lines: 6 };
const PHONE = {
  check: 2500,
  silence: 4000,
  answer: 1500,
  answerLost: 1500,
  retry: 1000,
  lines: 2,
};
const HEARTBEAT = 30000;
const IDLE = 10000;
const RELOAD_ONCE_IN = 300000;
/** One poll in so many asks for the whole snapshot, to set the clock again. */
const WHOLE_SNAPSHOT_EVERY = 20;

export class Live {
  #url;
  #poll;
  #pace;
  #beats;
  #idle;
  #push;
  #timer;

  #state = null;
  #etag = null;
  #wanted = 0;
  #polls = 0;
  #olderOnce = false;

  #online = false;
  #reported = null;
  #status = null;
  #lastGood = null;
  #heardAt = performance.now();
  #touchedAt = performance.now();
  #dueAt = 0;
  #beatAt = 0;
  #asking = false;
  #again = false;
  #failed = false;
  #hung = false;
  #retryAt = 0;

  #version = document.querySelector('meta[name="version"]')?.content ?? '';
  #stale = false;
  #stateListeners = new Set();
  #connectionListeners = new Set();
  #windowListeners = new AbortController();

  /**
   * Start at once.
   * @param {object} options
   * @param {string} options.namespace Socket.IO namespace, such as `/display`
   * @param {string} options.snapshotUrl such as `/api/board`
   * @param {string | null} [options.token] a phone's ticket token; devices have their cookie
   * @param {number} [options.poll] milliseconds between snapshots; from 60000 the screen counts as
   *   a phone: one of very many, checked less often
   * @param {object | null} [options.first] the snapshot that came with the page, which
   *   thereby has a connection
   * @param {() => boolean} [options.idle] whether the page may be reloaded now; default: no touch
   *   and no key for ten seconds
   */
  constructor({ namespace, snapshotUrl, token = null, poll = 15000, first = null, idle = null }) {
    this.#url = snapshotUrl;
    this.#poll = poll;
    this.#pace = poll >= 60000 ? PHONE : SCREEN;
    this.#beats = token === null;
    this.#idle = idle ?? (() => performance.now() - this.#touchedAt > IDLE);
    this.#push = new PushChannel(namespace, token, this.#pace === PHONE, {
      delta: (delta) => this.#onDelta(delta),
      connect: () => this.refresh(),
      gone: () => this.refresh(),
      heard: () => this.#heard(),
    });
    if (first) {
      this.#take({ json: first, etag: null }, 0);
      this.#good();
    }
    this.#watchWindow();
    this.#timer = setInterval(() => this.#tick(), TICK);
    queueMicrotask(() => this.#tick());
  }

  /** @returns {object | null} the last known snapshot */
  get state() {
    return this.#state;
  }

  /**
   * Be told each new state; called at once if there is one.
   * @param {(snapshot: object, delta: object | null) => void} listener `delta`: the patch that led
   *   to it, null for a whole snapshot
   * @returns {() => void} stops it
   */
  onState(listener) {
    this.#stateListeners.add(listener);
    if (this.#state) tell(listener, this.#state, null);
    return () => this.#stateListeners.delete(listener);
  }

  /**
   * Be told of the connection; called at once if it is known.
   * @param {(connection: {online: boolean, lastGood: number | null, status: number | null}) => void}
   *   listener `lastGood`: the server's time of the last good data, UTC milliseconds; `status`: the
   *   HTTP status with which the server refuses this screen (401, 403, 404), else null
   * @returns {() => void} stops it
   */
  onConnection(listener) {
    this.#connectionListeners.add(listener);
    if (this.#reported) tell(listener, this.#reported);
    return () => this.#connectionListeners.delete(listener);
  }

  /** Fetch the snapshot as soon as possible. */
  refresh() {
    // What is being answered just now may be older than the reason for asking.
    this.#again = this.#asking;
    this.#dueAt = 0;
    this.#tick();
  }

  /** Stop for good. */
  stop() {
    clearInterval(this.#timer);
    this.#windowListeners.abort();
    this.#push.close();
  }

  #tick() {
    const now = performance.now();
    const silent = now - this.#heardAt;
    const mute = !this.#push.connected && silent > this.#pace.check;
    const cut = this.#failed && (!navigator.onLine || mute);
    if (this.#online && (silent > this.#pace.silence || cut)) this.#lose();
    if (!this.#reported && silent > this.#pace.silence) this.#report();
    this.#reloadIfStale();
    this.#beat(now);
    if (this.#asking || now < this.#retryAt) return;
    if (now >= this.#dueAt || !this.#online || this.#failed) this.#fetchSnapshot();
    else if (silent >= this.#pace.check) this.#check();
  }

  #heard() {
    this.#heardAt = performance.now();
  }

  #lose() {
    this.#online = false;
    this.#push.drop();
    this.#report();
  }

  #report() {
    const next = { online: this.#online, lastGood: this.#lastGood, status: this.#status };
    const before = this.#reported;
    this.#reported = next;
    if (before && before.online === next.online && before.status === next.status) return;
    for (const listener of [...this.#connectionListeners]) tell(listener, next);
  }

  async #fetchSnapshot() {
    const asked = this.#state?.seq ?? 0;
    const whole = this.#etag === null || this.#polls % WHOLE_SNAPSHOT_EVERY === 0;
    const answer = await this.#ask(this.#url, whole ? {} : { 'If-None-Match': this.#etag });
    if (!answer) return;
    this.#status = answer.status === 200 || answer.status === 304 ? null : answer.status;
    this.#polls += 1;
    this.#dueAt = this.#again ? 0 : this.#soon(this.#poll);
    this.#again = false;
    if (answer.status === 200) this.#take(answer, asked);
    this.#good();
    if (this.#state && this.#state.seq < this.#wanted) this.#dueAt = 0;
    this.#wanted = 0;
  }

  /** A line that is quiet is checked by /health; without a socket the snapshot itself is asked. */
  async #check() {
    if (!this.#push.connected) {
      this.#fetchSnapshot();
      return;
    }
    const answer = await this.#ask('/health', {});
    if (!answer?.json) return;
    this.#compareVersion(answer.json.version);
    this.#good();
    if (this.#pace === SCREEN && answer.json.seq > (this.#state?.seq ?? 0)) this.#dueAt = 0;
  }

  /** One question at a time. Returns null when there is no answer, or one that says nothing. */
  async #ask(url, headers) {
    this.#asking = true;
    const control = new AbortController();
    const patience = this.#online ? this.#pace.answer : this.#pace.answerLost;
    const timer = setTimeout(() => control.abort(), patience);
    const options = {
      headers,
      cache: 'no-store',
      credentials: 'same-origin',
      signal: control.signal,
    };
    const lines = this.#hung ? this.#pace.lines : 1;
    try {
      const answer = await Promise.any(Array.from({ length: lines }, () => fetch(url, options)));
      const json = answer.status === 200 ? await answer.json() : null;
      const usable =
        answer.status === 200 ||
        answer.status === 304 ||
        [401, 403, 404, 410].includes(answer.status);
      this.#failed = !usable;
      this.#hung = false;
      if (!usable) {
        this.#retryAt = this.#soon(this.#pace.retry);
        return null;
      }
      this.#heard();
      return { status: answer.status, json, etag: answer.headers.get('ETag') };
    } catch {
      this.#failed = true;
      this.#hung = control.signal.aborted;
      this.#retryAt = this.#soon(this.#pace.retry);
      return null;
    } finally {
      clearTimeout(timer);
      control.abort();
      this.#asking = false;
    }
  }

  /** So many milliseconds from now; phones are spread out by a fifth either way. */
  #soon(delay) {
    return performance.now() + delay * (this.#pace === PHONE ? 0.8 + 0.4 * Math.random() : 1);
  }

  #good() {
    if (this.#status === null) this.#lastGood = clock.now();
    const back = !this.#online;
    this.#online = true;
    this.#report();
    if (back) this.#push.knock();
  }

  /**
   * Take a snapshot unless a delta has overtaken it. One older than what the screen showed when
   * it asked is believed the second time: the server has gone back to a backup.
   */
  #take({ json, etag }, asked) {
    clock.sync(json.now, json.office?.zone, json.clock?.speed);
    this.#compareVersion(json.version);
    const older = json.seq < asked;
    const overtaken = !older && json.seq < (this.#state?.seq ?? 0);
    if (overtaken || (older && !this.#olderOnce)) {
      this.#olderOnce = older;
      this.#dueAt = older ? 0 : this.#dueAt;
      return;
    }
    this.#olderOnce = false;
    this.#etag = etag;
    this.#show(json, null);
  }

  #onDelta(delta) {
    if (!this.#state || typeof delta?.seq !== 'number') return;
    if (delta.seq <= this.#state.seq) return;
    if (delta.from > this.#state.seq) {
      this.#wanted = Math.max(this.#wanted, delta.seq);
      this.#dueAt = Math.min(
        this.#dueAt,
        this.#pace === PHONE ? performance.now() + 2000 * Math.random() : 0,
      );
      this.#tick();
      return;
    }
    const patch = { ...delta };
    delete patch.from;
    delete patch.t;
    // A patched state is no longer the one of the ETag: a later 304 would be about another state.
    this.#etag = null;
    if (patch.now) clock.sync(patch.now, undefined, patch.clock?.speed);
    this.#lastGood = clock.now();
    this.#show(mergePatch(this.#state, patch), patch);
  }

  #show(state, delta) {
    this.#state = state;
    for (const listener of [...this.#stateListeners]) tell(listener, state, delta);
    // For whoever looks at the screen from outside: up to which row of the journal it is drawn.
    document.documentElement.dataset.seq = state.seq ?? '';
  }

  #compareVersion(version) {
    if (!version) return;
    if (!this.#version) this.#version = version;
    this.#stale = version !== this.#version;
  }

  /** New program on the server: load it when nobody is busy, and never in a loop. */
  #reloadIfStale() {
    if (!this.#stale || !this.#online || !this.#idle()) return;
    try {
      const last = Number(sessionStorage.getItem('reloaded'));
      if (Date.now() - last < RELOAD_ONCE_IN) return;
      sessionStorage.setItem('reloaded', String(Date.now()));
    } catch {
      return;
    }
    window.location.reload();
  }

  /** Tell the server that this device lives, and what its clock says. */
  #beat(now) {
    if (!this.#beats || !this.#online || now < this.#beatAt) return;
    this.#beatAt = now + HEARTBEAT;
    fetch('/api/heartbeat', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-CSRF-Token': document.querySelector('meta[name="csrf"]')?.content ?? '',
      },
      body: JSON.stringify({ clock: Date.now() }),
      credentials: 'same-origin',
      signal: AbortSignal.timeout(5000),
    }).catch(() => {});
  }

  #watchWindow() {
    const { signal } = this.#windowListeners;
    const touched = () => {
      this.#touchedAt = performance.now();
    };
    const look = () => {
      this.#retryAt = 0;
      this.refresh();
    };
    for (const event of ['pointerdown', 'keydown'])
      window.addEventListener(event, touched, { signal, passive: true });
    for (const event of ['online', 'offline', 'pageshow'])
      window.addEventListener(event, look, { signal });
    document.addEventListener(
      'visibilitychange',
      () => {
        if (!document.hidden) look();
      },
      { signal },
    );
  }
}

function tell(listener, ...values) {
  try {
    listener(...values);
  } catch (error) {
    console.error(error);
  }
}
