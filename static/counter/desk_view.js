/**
 * What one member of staff at one counter may see and do, from the snapshot. Pure: `now` is an
 * argument (server time in ms).
 */

const CALLING = new Set(['open', 'serving_out']);
const ISSUING = new Set(['numbers', 'open', 'serving_out']);

/**
 * @param {object} snapshot as of /api/desk
 * @param {{counter: number | null, staff: string, role: string}} me
 * @param {number} now
 */
export function deskView(snapshot, me, now) {
  const counter = me.counter === null ? null : (snapshot.counters[me.counter] ?? null);
  const mode = modeOf(counter, me);
  const ticket = mode === 'called' || mode === 'serving' ? counter.ticket : null;
  const may = new Set(mode === 'taken' ? ['take-over'] : (counter?.actions ?? []));
  if (mode !== 'taken') may.delete('take-over');
  const calling = CALLING.has(snapshot.phase);
  if (!calling) for (const action of ['call-next', 'call', 'resume']) may.delete(action);
  if (snapshot.office.polling && me.role !== 'supervisor') may.delete('call');
  if (ticket && mode === 'called') {
    if (now < counter.recall_at) may.delete('recall');
    if (ticket.calls_missing > 0 || now < counter.no_show_at) may.delete('no-show');
  }
  const resumable = may.has('resume') ? resumableAt(snapshot, counter) : [];
  const waiting = waitingFor(snapshot, counter);
  const undo = counter?.undo?.command && now < counter.undo.until ? counter.undo : null;
  if (!undo) may.delete('undo');
  return {
    snapshot,
    me,
    now,
    counter,
    mode,
    ticket,
    may,
    undo,
    calling,
    issuing: ISSUING.has(snapshot.phase),
    waiting,
    resumable,
    // Who is due back is called like those who wait (docs/policy.md).
    callable: waiting > 0 || resumable.some((parked) => isDueBack(snapshot, parked, now)),
  };
}

function modeOf(counter, { staff }) {
  if (!counter) return 'none';
  if (counter.state !== 'open') return 'closed';
  if (counter.staff !== staff) return 'taken';
  return counter.ticket ? counter.ticket.state : 'free';
}

/** How many wait for services of this counter. */
function waitingFor(snapshot, counter) {
  if (!counter || counter.state !== 'open') return 0;
  return counter.services
    .flatMap((code) => snapshot.waiting[code] ?? [])
    .filter((entry) => !entry.for_counter || entry.for_counter === counter.number).length;
}

/** Parked tickets that this counter may call back, those due first. */
function resumableAt(snapshot, counter) {
  return snapshot.parked
    .filter(
      ({ owner, service }) =>
        owner === `counter:${counter.number}` ||
        (owner === 'service' && counter.services.includes(service)),
    )
    .sort((one, other) => (one.due_back ?? Infinity) - (other.due_back ?? Infinity));
}

function isDueBack(snapshot, { service, due_back: due }, now) {
  return Boolean(due) && due <= now && serviceOf(snapshot, service).state !== 'suspended';
}

/**
 * The service of a code.
 *
 * @returns {object} with `code` and `name` at least
 */
export function serviceOf(snapshot, code) {
  return (
    snapshot.services.find((service) => service.code === code) ?? {
      code,
      letter: '',
      name: { id: code, en: code },
      state: 'open',
    }
  );
}

/** Open services that some open counter serves, so that a ticket can be passed to them. */
export function servedServices(snapshot) {
  const served = new Set(openCounters(snapshot).flatMap((counter) => counter.services));
  return snapshot.services.filter(({ code, state }) => state === 'open' && served.has(code));
}

/** @returns {object[]} open counters by number */
export function openCounters(snapshot) {
  return Object.values(snapshot.counters)
    .filter((counter) => counter.state === 'open')
    .sort((one, other) => one.number - other.number);
}
