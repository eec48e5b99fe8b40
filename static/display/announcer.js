/**
 * Gives calls and notices one after the other: shown in large and spoken together, each held for
 * its time and until its sound has ended, in the order in which they were made.
 */

import { clock } from '../js/clock.js';
import { MISSED_FOR_MS } from './call_queue.js';

const HOLD_CALL_MS = 8_100; // eight seconds, also where the clock is set meanwhile
const HOLD_NOTICE_MS = 15_000;

export class Announcer {
  #queue;
  #stage;
  #voice;
  #log;
  #now;
  #onFault;
  #onRehearsed;
  #notice = null;
  #running = false;
  #call = null;
  #unheard = null;

  /**
   * @param {object} parts
   * @param {import('./call_queue.js').CallQueue} parts.queue
   * @param {object} parts.stage has `showCall`, `endCall`, `isCalled` (is somebody still to follow
   *   it), `showNotice` and `endNotice`, each given the call or the notice
   * @param {import('./voice.js').Voice | null} parts.voice null for a display without sound
   * @param {import('./call_log.js').CallLog} parts.log
   * @param {() => number} parts.now server time in ms
   * @param {(fault: string) => void} parts.onFault told of every sound that was not heard
   * @param {(call: object, fault: string | null) => void} parts.onRehearsed told how a rehearsal
   *   went
   */
  constructor({ queue, stage, voice, log, now, onFault, onRehearsed = () => {} }) {
    this.#queue = queue;
    this.#stage = stage;
    this.#voice = voice;
    this.#log = log;
    this.#now = now;
    this.#onFault = onFault;
    this.#onRehearsed = onRehearsed;
  }

  /** Whether nothing is being announced. */
  get idle() {
    return !this.#running;
  }

  /** The call that is being held in large now, or null. */
  get call() {
    return this.#call;
  }

  /** Give a notice when its turn comes. */
  addNotice(notice) {
    this.#notice = notice;
  }

  /** A notice was ended before its turn. */
  dropNotice() {
    this.#notice = null;
  }

  /** Go through what is queued; does nothing while it is already going. */
  async run() {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let turn = this.#next(); turn; turn = this.#next()) await turn();
    } finally {
      this.#running = false;
    }
  }

  /** The browser lets sounds through again: say what it kept silent, if it still matters. */
  sayUnheard() {
    const { call, entry } = this.#unheard ?? {};
    this.#unheard = null;
    if (!call || !this.#stage.isCalled(call)) return;
    if (this.#now() - call.at < MISSED_FOR_MS) this.#speakCall(call, entry);
  }

  #next() {
    const [call] = this.#queue.items;
    if (this.#notice && !(call && call.at < this.#notice.at)) {
      const notice = this.#notice;
      this.#notice = null;
      return () => this.#giveNotice(notice);
    }
    const next = this.#queue.next();
    return next && (() => this.#giveCall(next));
  }

  async #giveCall(call) {
    const entry = this.#log.shown(call);
    this.#call = call;
    this.#unheard = null;
    this.#stage.showCall(call);
    await Promise.all([hold(HOLD_CALL_MS), this.#speakCall(call, entry)]);
    this.#log.ended(entry);
    this.#call = null;
    this.#stage.endCall(call);
  }

  async #giveNotice(notice) {
    this.#stage.showNotice(notice);
    const url = `/api/voice/notices/${encodeURIComponent(notice.code)}.wav`;
    await Promise.all([hold(HOLD_NOTICE_MS), this.#speak(url)]);
    this.#stage.endNotice(notice);
  }

  async #speakCall(call, entry) {
    const fault = await this.#speak(`/api/voice/calls/${call.id}.wav`, () => {
      this.#log.spoken(entry);
    });
    if (fault === 'sound_blocked') this.#unheard = { call, entry };
    if (call.drill) this.#onRehearsed(call, this.#voice ? fault : 'sound_off');
  }

  async #speak(url, onStart) {
    if (!this.#voice) return null;
    const fault = await this.#voice.speak(url, onStart);
    if (fault) this.#onFault(fault);
    return fault;
  }
}

/** @param {number} ms of the server's time */
function hold(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms / clock.speed);
  });
}
