/** The hall display: puts the parts together and hands them each new state. */

import { clock, formatTime } from '../js/clock.js';
import { post } from '../js/api.js';
import { setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Live } from '../js/live.js';
import { Announcer } from './announcer.js';
import { CallLog } from './call_log.js';
import { CallQueue } from './call_queue.js';
import { fitDistance } from './distance.js';
import { Featured } from './featured.js';
import { featuredCall, idleMessage, narrow, recentCalls, sideBlocks, tickerLines, volumeAt } from './hall_view.js';
import { lastSeen, rememberSeen } from './memory.js';
import { Notice } from './notice.js';
import { Picture } from './picture.js';
import { Recent } from './recent.js';
import { Side } from './side.js';
import { Ticker } from './ticker.js';
import { Voice } from './voice.js';

const TURN_MS = 8_000;
const NOTICE_IS_NEW_MS = 60_000;
const RESIZE_AFTER_MS = 100;
const APPEAR_WITHIN_MS = 1_500;
const FAULT_SHOWN_MS = 10 * 60_000;
const REFUSED = new Set([401, 403]);

class HallDisplay {
  #config;
  #parts;
  #queue = new CallQueue(lastSeen());
  #voice = null;
  #announcer;
  #state = null;
  #shown = null;
  #noticeDone = null;
  #connection = null;
  #online = false;
  #faultAt = 0;

  /**
   * @param {{zone: string, services: string[], voice: boolean, volume: number,
   *   picture: boolean}} config
   */
  constructor(config) {
    const part = (id) => document.getElementById(id);
    this.#config = config;
    this.#parts = {
      featured: new Featured(part('featured')),
      recent: new Recent(part('recent')),
      side: new Side(part('side')),
      ticker: new Ticker(part('ticker')),
      notice: new Notice(part('notice')),
      hall: part('hall'),
      picture: new Picture(part('picture'), config.picture),
      clock: part('clock'),
      drill: part('drill'),
      fault: part('sound-fault'),
      tap: part('sound-tap'),
    };
    if (config.voice) {
      this.#voice = new Voice({
        volume: () => this.#volume(),
        onBlocked: (blocked) => this.#onBlocked(blocked),
      });
    }
    this.#announcer = new Announcer({
      queue: this.#queue,
      stage: this,
      voice: this.#voice,
      log: new CallLog(part('call-log'), () => clock.now()),
      now: () => clock.now(),
      onFault: (fault) => this.#onFault(fault),
      onRehearsed: (call, fault) => tellRehearsed(call, fault),
    });
  }

  start() {
    const live = new Live({
      namespace: '/display',
      snapshotUrl: '/api/board',
      idle: () => this.#announcer.idle && this.#queue.length === 0,
    });
    live.onState((snapshot) => this.#onState(snapshot));
    live.onConnection((connection) => this.#onConnection(connection));
    clock.everySecond((now) => this.#onSecond(now));
    setInterval(() => this.#turn(), TURN_MS);
    this.#watchSize();
    this.#voice?.unlock();
    for (const event of ['pointerdown', 'keydown']) {
      document.addEventListener(event, () => this.#voice?.unlock());
    }
  }

  // --- the announcer's stage ---

  showCall(call) {
    this.#shown = call;
    rememberSeen(call.id);
    this.#render();
    this.#parts.featured.pulse();
  }

  endCall(call) {
    if (call.drill) this.#shown = null;
    this.#render();
  }

  isCalled({ number, counter }) {
    const current = this.#state?.current ?? [];
    return current.some((call) => call.number === number && call.counter === counter);
  }

  showNotice(notice) {
    this.#parts.notice.show(notice);
  }

  endNotice(notice) {
    this.#noticeDone = notice.id;
    this.#parts.notice.hide();
    this.#render();
  }

  /** The device's own volume, less at the hours that the office wants quieter; 0..1. */
  #volume() {
    const share = volumeAt(this.#state?.volumes ?? [], formatTime(clock.now()));
    return (this.#config.volume / 100) * (share / 100);
  }

  // --- what happens ---

  #onState(snapshot) {
    const missed = !this.#online || this.#state === null;
    const before = this.#state?.notice?.id;
    this.#state = narrow(snapshot, this.#config);
    this.#onSecond(clock.now());
    const calls = [...this.#state.calls, ...rehearsalCalls(snapshot)];
    this.#queue.take(calls, { now: clock.now(), seq: snapshot.seq, missed });
    if (snapshot.notice?.id !== before) this.#onNotice(snapshot.notice);
    this.#render();
    this.#announcer.run();
  }

  #onNotice(notice) {
    if (!notice) {
      this.#announcer.dropNotice();
      this.#parts.notice.hide();
    } else if (clock.now() - notice.at < NOTICE_IS_NEW_MS) {
      this.#announcer.addNotice(notice);
    } else {
      this.#noticeDone = notice.id;
    }
  }

  #onConnection(connection) {
    this.#connection = connection;
    this.#online = connection.online;
    if (REFUSED.has(connection.status)) this.#forget();
    this.#render();
  }

  /** No longer a display of this office: nothing of what it showed may stay. */
  #forget() {
    this.#state = null;
    this.#parts.recent.render([], 1);
    this.#parts.side.render([]);
  }

  #onSecond(now) {
    setText(this.#parts.clock, this.#state ? formatTime(now) : '');
  }

  #turn() {
    if (clock.now() - this.#faultAt > FAULT_SHOWN_MS) this.#parts.fault.hidden = true;
    for (const part of ['ticker', 'side', 'recent']) this.#parts[part].turn();
  }

  #onBlocked(blocked) {
    this.#parts.tap.hidden = !blocked;
    if (!blocked) this.#announcer.sayUnheard();
  }

  #onFault(fault) {
    const { fault: mark, tap } = this.#parts;
    this.#faultAt = clock.now();
    mark.hidden = !tap.hidden;
    setText(mark.querySelector('time'), formatTime(this.#faultAt));
    post('/api/heartbeat', { clock: Date.now(), fault }).catch(() => {}); // the next one will tell
  }

  // --- drawing ---

  #render() {
    const { hall, featured, recent, side, ticker, drill } = this.#parts;
    setAttribute(hall, 'data-offline', this.#connection && !this.#connection.online);
    ticker.render(this.#tickerLines());
    if (!this.#state) {
      featured.render(null, this.#waitMessage());
      return;
    }
    const call = featuredCall(this.#state, this.#announcer.call, this.#shown);
    const calls = recentCalls(this.#state, call);
    this.#layOut(this.#state.phase ?? 'before', !call && calls.length === 0);
    drill.hidden = !(this.#state.drill || this.#announcer.call?.drill);
    featured.render(call, idleMessage(this.#state));
    recent.render(calls, counterDigits(this.#state));
    side.render(sideBlocks(this.#state));
    if (document.fonts.status === 'loaded') this.#appear();
  }

  /** Before the first call, before opening and after closing there are other places and sizes. */
  #layOut(phase, quiet) {
    const { hall } = this.#parts;
    const before = `${hall.dataset.phase} ${hall.dataset.quiet}`;
    setAttribute(hall, 'data-phase', phase);
    setAttribute(hall, 'data-quiet', quiet);
    this.#parts.picture.render(quiet || phase === 'closed' || phase === 'before');
    if (before !== `${hall.dataset.phase} ${hall.dataset.quiet}`) this.#resize();
  }

  #tickerLines() {
    if (this.#connection && !this.#connection.online) {
      const time = formatTime(this.#connection.lastGood);
      const text = time ? t('Connection lost, data from {time}', { time }) : t('Connection lost');
      return [{ text, alert: true }];
    }
    if (!this.#state) return [];
    const { notice } = this.#state;
    return tickerLines(this.#state, clock.now(), notice?.id === this.#noticeDone);
  }

  #waitMessage() {
    if (REFUSED.has(this.#connection?.status)) {
      return { title: t('Not paired'), text: t('The supervisor can pair this display.') };
    }
    return { title: t('Please wait'), text: t('The display is starting.') };
  }

  /** Nothing is shown before it has its size and its place; a slow server does not keep it so. */
  #appear() {
    const { hall } = this.#parts;
    if (!('starting' in hall.dataset)) return;
    delete hall.dataset.starting;
    this.#resize();
  }

  #watchSize() {
    let timer = null;
    const observer = new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(() => this.#resize(), RESIZE_AFTER_MS);
    });
    for (const id of ['hall', 'ticker', 'side']) observer.observe(document.getElementById(id));
    document.fonts.ready.then(() => this.#resize());
    setTimeout(() => this.#appear(), APPEAR_WITHIN_MS);
  }

  #resize() {
    const { recent, side, ticker, featured, notice } = this.#parts;
    recent.resize(fitDistance());
    featured.resize();
    notice.resize();
    ticker.resize();
    side.resize();
  }
}

/** A rehearsal is given like a call, marked as a drill, on every display of the office. */
function rehearsalCalls({ rehearsal }) {
  return rehearsal ? [{ ...rehearsal, nth: 1, state: 'called', drill: true }] : [];
}

function tellRehearsed({ id }, fault) {
  post(`/api/rehearsal/${id}/heard`, fault ? { fault } : {}).catch(() => {}); // stays untold
}

function counterDigits({ counters }) {
  return String(Math.max(1, ...counters.map((counter) => counter.number))).length;
}

const { zone, services, voice, volume, picture, overscan } = document.getElementById('hall').dataset;
document.documentElement.style.setProperty('--overscan', overscan);
new HallDisplay({
  zone,
  services: services ? services.split(',') : [],
  voice: voice === 'on',
  volume: Number(volume),
  picture: picture === 'on',
}).start();
