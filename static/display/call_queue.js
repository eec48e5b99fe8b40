/**
 * Which calls are still to be shown and spoken, and in which order. Pure: no clock, no timer, no
 * page; `now` is an argument (server time in ms).
 *
 * A call's `id` is its number in the journal, so the order of ids is the order of calling. While
 * the screen is connected no call is skipped. After a gap only those are kept that people still
 * wait for: still `called`, younger than a minute, and of each number only the newest.
 */

export const MISSED_FOR_MS = 60_000;

const WITHDRAWN = new Set(['waiting', 'suspended', 'cancelled', 'expired', 'no_show']);

/**
 * @typedef {{id: number, number: string, counter: number, at: number, nth: number,
 *            state: string}} Call
 */

export class CallQueue {
  /** @param {number} lastSeen id of the newest call that was already shown */
  constructor(lastSeen = 0) {
    this.lastSeen = lastSeen;
    /** @type {Call[]} */
    this.items = [];
  }

  get length() {
    return this.items.length;
  }

  /**
   * Take over what a snapshot says. Calls not seen before are queued by id; the state of those
   * that already wait is brought up to date, and a call that was taken back is dropped.
   *
   * @param {Call[]} calls the snapshot's last calls, in any order; an undone call is left out
   * @param {{now: number, seq: number, missed: boolean}} moment `seq` is the snapshot's; `missed`
   *   marks the first snapshot after a gap
   * @returns {Call[]} the calls that were queued
   */
  take(calls, { now, seq, missed }) {
    if (this.lastSeen > seq) this.lastSeen = seq; // the office's record was restored
    this.#bringUpToDate(calls);
    const fresh = calls
      .filter((call) => call.id > this.lastSeen && !WITHDRAWN.has(call.state))
      .sort((one, other) => one.id - other.id);
    const queued = missed ? stillWanted(fresh, now) : fresh;
    this.items.push(...queued);
    this.lastSeen = calls.reduce((last, call) => Math.max(last, call.id), this.lastSeen);
    return queued;
  }

  #bringUpToDate(calls) {
    const known = new Map(calls.map((call) => [call.id, call]));
    const oldest = Math.min(...known.keys()); // older ones are not in the list any more
    this.items = this.items
      .filter((call) => call.id < oldest || known.has(call.id))
      .map((call) => known.get(call.id) ?? call)
      .filter((call) => !WITHDRAWN.has(call.state));
  }

  /** @returns {Call | undefined} the call to show now; it leaves the queue */
  next() {
    return this.items.shift();
  }
}

/** @param {Call[]} calls oldest first @param {number} now */
function stillWanted(calls, now) {
  const newest = new Map(calls.map((call) => [call.number, call.id]));
  return calls.filter(
    (call) =>
      call.state === 'called' &&
      now - call.at < MISSED_FOR_MS &&
      newest.get(call.number) === call.id,
  );
}
