/**
 * Where the person at the kiosk is: menu, recorded, travel and ways (the questions of polling day),
 * service, number or return page, and what they have answered. No page elements and no clock in
 * here; times are milliseconds of a monotonic clock.
 */

const ASK_AFTER = 60000;
const ASK_FOR = 20000;
const NUMBER_PRINTED = 15000;
const NUMBER_UNPRINTED = 30000;
const FORGET_AFTER = 30000;

export class Flow {
  page = 'menu';
  /** Whether the document is for a polling station today. */
  voting = false;
  /** "Already recorded?": yes, lost, no or unsure; null: not answered. */
  recorded = null;
  /** The chosen service's code. */
  service = null;
  /** Minutes to the polling station; null: not known; undefined: not answered. */
  travel = undefined;
  /** Whether staff are to come for this person. */
  fetch = false;
  /** Whether the paper was asked for once more. */
  reprinted = false;
  /** The order being sent: {body, key}. Kept after a failure, so that a retry is the same order. */
  order = null;
  busy = false;
  error = null;
  ticket = null;
  /** Whether the polls closed while this person was answering. */
  pollsClosed = false;
  /** The slip that was given instead of a number: {id, service, arrival, trace}. */
  slip = null;
  /** Seconds until the page closes by itself; null while nothing is counted. */
  secondsLeft = null;
  /** Whether "Still here?" is being asked. */
  asking = false;
  /** The pages before this one. */
  #trail = [];
  #touchedAt = 0;
  #shownAt = 0;
  /** When the number was last being said. */
  #saidAt = -Infinity;

  /** Somebody touched the screen. */
  touch(now) {
    this.#touchedAt = now;
    if (this.asking) this.secondsLeft = null;
    this.asking = false;
  }

  /** From the beginning, for the next person. */
  begin() {
    this.page = 'menu';
    this.voting = false;
    this.pollsClosed = false;
    this.recorded = null;
    this.service = null;
    this.travel = undefined;
    this.fetch = false;
    this.reprinted = false;
    this.busy = false;
    this.ticket = null;
    this.slip = null;
    this.secondsLeft = null;
    this.asking = false;
    this.#trail = [];
    this.#forgetOrder();
  }

  /** Whether this is the page that a new person sees. */
  get atHome() {
    return this.page === 'menu' && !this.voting;
  }

  openService(code) {
    this.service = code;
    this.#go('service');
  }

  openReturn() {
    this.begin();
    this.#go('return');
  }

  /**
   * The document is to vote today.
   * @param {{recorded?: string | null, known: boolean}} guide `recorded`: what the service that was
   *   chosen says already; `known`: whether the questions lead to this office's services
   */
  vote({ recorded = null, known }) {
    this.voting = true;
    this.recorded = recorded;
    if (!known) this.#go('menu');
    else this.#go(recorded === null ? 'recorded' : 'travel');
  }

  /** "Already recorded?" */
  answerRecorded(answer) {
    this.recorded = answer;
    this.#go('travel');
  }

  /** A voter's service, in an office whose services the questions do not know. */
  chooseForVoter(code) {
    this.service = code;
    this.#go('travel');
  }

  answerTravel(minutes) {
    this.travel = minutes;
    this.#go('ways');
  }

  /** The polls have closed: a voter's questions lead nowhere any more. */
  endVoting() {
    if (!this.voting || this.busy) return;
    this.begin();
    this.pollsClosed = true;
  }

  toggleFetch() {
    if (this.busy) return;
    this.fetch = !this.fetch;
    this.#forgetOrder();
  }

  /** The slip has come. One that comes after somebody left is not shown to the next person. */
  showSlip(slip) {
    if (this.page !== 'ways') return;
    this.slip = slip;
    this.reprinted = false;
    this.#go('slip');
  }

  /** The paper is asked for once more, so the page stays as for a new number. */
  askForPaper(now) {
    this.reprinted = true;
    this.#shownAt = now;
  }

  /** The number is being said: whoever listens gets time to hear it again. */
  keepNumber(now) {
    this.#saidAt = now;
  }

  /** One page back. */
  back() {
    if (this.#trail.length <= 1) this.begin();
    else {
      this.page = this.#trail.pop();
      if (this.page === 'service') this.#becomeOrdinary();
      this.#forgetOrder();
    }
  }

  #go(page) {
    this.#trail.push(this.page);
    this.page = page;
    this.#forgetOrder();
  }

  /** Back from a voter's questions to the service that was chosen before them. */
  #becomeOrdinary() {
    this.voting = false;
    this.recorded = null;
    this.travel = undefined;
  }

  #forgetOrder() {
    this.order = null;
    this.error = null;
  }

  /**
   * Order a number. After a failure the same choice sends the same order again.
   * @param {{service: string, priority: boolean, language: string}} choice
   * @param {() => string} newKey
   * @returns {{body: object, key: string} | null} null while one is under way
   */
  startOrder({ service, priority, language }, newKey) {
    if (this.busy) return null;
    const body = { service, language };
    if (priority) body.priority = true;
    if (this.fetch) body.fetch = true;
    if (this.voting) {
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
    this.begin();
    this.page = 'number';
    this.ticket = ticket;
    this.fetch = order.body.fetch === true;
    this.service = ticket.service;
    this.#shownAt = now;
    this.#saidAt = -Infinity;
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
    if (this.atHome || this.busy) return;
    const deadline =
      this.page === 'number'
        ? this.#numberClosesAt(printed)
        : this.#touchedAt + ASK_AFTER + ASK_FOR;
    const left = Math.max(0, deadline - now);
    if (left === 0) {
      this.begin();
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
    return this.atHome && now - this.#touchedAt > FORGET_AFTER;
  }

  #numberClosesAt(printed) {
    const shown = this.#shownAt + (printed ? NUMBER_PRINTED : NUMBER_UNPRINTED);
    return Math.max(shown, this.#saidAt + NUMBER_PRINTED);
  }
}
