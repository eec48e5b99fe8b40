/**
 * Where the person at the kiosk is: menu, service, voter, number or return page. No page
 * elements and no clock in here; times are milliseconds of a monotonic clock.
 */

const ASK_AFTER = 60000;
const ASK_FOR = 20000;
const NUMBER_PRINTED = 15000;
const NUMBER_UNPRINTED = 30000;
const FORGET_AFTER = 30000;

export class Flow {
  page = 'menu';
  /** The chosen service's code. */
  service = null;
  /** Minutes to the polling station; null: not known; undefined: not answered. */
  travel = undefined;
  /** The order being sent: {body, key}. Kept after a failure, so that a retry is the same order. */
  order = null;
  busy = false;
  error = null;
  ticket = null;
  /** Seconds until the page closes by itself; null while nothing is counted. */
  secondsLeft = null;
  /** Whether "Still here?" is being asked. */
  asking = false;
  #touchedAt = 0;
  #shownAt = 0;

  /** Somebody touched the screen. */
  touch(now) {
    this.#touchedAt = now;
    if (this.asking) this.secondsLeft = null;
    this.asking = false;
  }

  toMenu() {
    this.page = 'menu';
    this.service = null;
    this.travel = undefined;
    this.order = null;
    this.busy = false;
    this.error = null;
    this.ticket = null;
    this.secondsLeft = null;
    this.asking = false;
  }

  openService(code) {
    this.toMenu();
    this.page = 'service';
    this.service = code;
  }

  openReturn() {
    this.toMenu();
    this.page = 'return';
  }

  openVoter() {
    this.page = 'voter';
    this.travel = undefined;
    this.error = null;
    this.order = null;
  }

  setTravel(minutes) {
    this.travel = minutes;
    this.error = null;
    this.order = null;
  }

  /** One page back: from the voter's question to the service, from everything else to the menu. */
  back() {
    if (this.page === 'voter') this.openService(this.service);
    else this.toMenu();
  }

  /**
   * Order a number. After a failure the same choice sends the same order again.
   * @param {{priority: boolean, voter: boolean, language: string}} choice
   * @param {() => string} newKey
   * @returns {{body: object, key: string} | null} null while one is under way
   */
  startOrder({ priority, voter, language }, newKey) {
    if (this.busy) return null;
    const body = { service: this.service, language };
    if (priority) body.priority = true;
    if (voter) {
      body.voter = true;
      if (this.travel) body.travel_minutes = this.travel;
    }
    this.order = { body, key: newKey() };
    return this.retryOrder();
  }

  /** @returns {{body: object, key: string} | null} the order that failed, to be sent again */
  retryOrder() {
    if (this.busy || !this.order) return null;
    this.busy = true;
    this.error = null;
    return this.order;
  }

  /** Whether sending the order again may help. */
  get mayRetry() {
    if (this.error === null || this.order === null) return false;
    return this.error.status === 0 || this.error.status === 429 || this.error.status >= 500;
  }

  /** The number has come. An answer to an order that was given up is not shown to the next person. */
  finishOrder(order, ticket, now) {
    if (this.order !== order) return;
    this.toMenu();
    this.page = 'number';
    this.ticket = ticket;
    this.service = ticket.service;
    this.#shownAt = now;
  }

  failOrder(order, error) {
    if (this.order !== order) return;
    this.busy = false;
    this.error = error;
  }

  /**
   * Let time pass.
   * @param {number} now
   * @param {boolean} printed whether the number also comes on paper
   */
  tick(now, printed) {
    if (this.page === 'menu' || this.busy) return;
    const deadline =
      this.page === 'number'
        ? this.#numberClosesAt(printed)
        : this.#touchedAt + ASK_AFTER + ASK_FOR;
    const left = Math.max(0, deadline - now);
    if (left === 0) {
      this.toMenu();
      return;
    }
    this.asking = this.page !== 'number' && left <= ASK_FOR;
    this.secondsLeft = this.page === 'number' || this.asking ? Math.ceil(left / 1000) : null;
  }

  /** A touch anywhere closes a number that had to be written down, but not the touch that made it. */
  closesByTouch(now, printed) {
    return this.page === 'number' && !printed && now - this.#shownAt > 1500;
  }

  /** Whether the last person's language and text size may be forgotten. */
  mayForget(now) {
    return this.page === 'menu' && now - this.#touchedAt > FORGET_AFTER;
  }

  #numberClosesAt(printed) {
    return this.#shownAt + (printed ? NUMBER_PRINTED : NUMBER_UNPRINTED);
  }
}
