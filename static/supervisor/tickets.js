/** All tickets of a snapshot as one list of rows, whatever part of it they come from. */

/**
 * @typedef {object} Row
 * @property {number} id
 * @property {string} number
 * @property {string} state
 * @property {string} service code
 * @property {number} [at] when the present state began, UTC ms
 * @property {number} [arrival]
 * @property {number} [due]
 * @property {{rule: string, at: number}} [why]
 * @property {boolean} [voter]
 * @property {number} [counter] that holds it, or that alone may call it
 * @property {number} [ahead] how many would be called before it
 */

/** Service rules that go before the others, and those that come after. */
const FIRST = { risk: 0, held: 2 };

/** @returns {Record<string, object>} services by code */
export function servicesByCode(state) {
  return Object.fromEntries((state.services ?? []).map((service) => [service.code, service]));
}

/** @returns {Row[]} everybody who waits, those who would be called first at the top */
export function waitingRows(state) {
  const rows = Object.entries(state.waiting ?? {}).flatMap(([service, tickets]) =>
    tickets.map((ticket) => ({ ...ticket, state: 'waiting', service, at: ticket.arrival })),
  );
  return rows.sort(
    (one, other) =>
      place(one) - place(other) ||
      moment(one) - moment(other) ||
      one.arrival - other.arrival ||
      one.id - other.id,
  );
}

const place = ({ why }) => FIRST[why?.rule] ?? 1;
const moment = ({ why, due }) => (why?.rule === 'risk' ? why.at : due);

/** @returns {Row[]} tickets that a counter has called or serves */
export function inHandRows(state) {
  return counterList(state)
    .filter((counter) => counter.ticket)
    .map(({ ticket, number }) => ({
      ...ticket,
      counter: number,
      at: sinceOf(ticket),
    }));
}

/** Since when a ticket in hand is called or served, UTC ms. */
export const sinceOf = (ticket) => (ticket.state === 'serving' ? ticket.started_at : ticket.called_at);

const elsewhere = (tickets, state) =>
  (tickets ?? []).map((ticket) => ({ ...ticket, state, at: ticket.since }));
export const parkedRows = (state) => elsewhere(state.parked, 'parked');
export const absentRows = (state) => elsewhere(state.absent, 'no_show');
export const suspendedRows = (state) => elsewhere(state.suspended, 'suspended');

/** @returns {Row[]} tickets that are over, each once, newest first */
export function recentRows(state) {
  const rows = new Map();
  for (const visit of state.recent ?? []) {
    if (visit.outcome !== 'next_step' && !rows.has(visit.id))
      rows.set(visit.id, { ...visit, state: 'completed' });
  }
  for (const ticket of state.ended ?? []) rows.set(ticket.id, { ...ticket, at: ticket.since, counter: null });
  return [...rows.values()].sort((one, other) => other.at - one.at);
}

/** @returns {Row[]} what closing the day would expire */
export function openRows(state) {
  return [
    ...inHandRows(state),
    ...waitingRows(state),
    ...parkedRows(state),
    ...absentRows(state),
    ...suspendedRows(state),
  ];
}

/** @returns {Row[]} everything, each ticket once: what is open says more than what is remembered */
export function allRows(state) {
  const rows = new Map([...recentRows(state), ...openRows(state)].map((row) => [row.id, row]));
  return [...rows.values()];
}

/** @returns {object[]} the counters by number */
export function counterList(state) {
  return Object.values(state.counters ?? {}).sort((one, other) => one.number - other.number);
}

/** @returns {number[]} the open counters that serve a service */
export function servingCounters(state, service) {
  return counterList(state)
    .filter((counter) => counter.state === 'open' && counter.services?.includes(service))
    .map((counter) => counter.number);
}

/** @returns {Row[]} those who wait too long or could be too late, the most urgent first */
export function lateRows(state, now) {
  return waitingRows(state).filter(
    ({ why, due }) => why?.rule === 'risk' || why?.rule === 'late' || due < now,
  );
}
