/** The kiosk: puts the pages, the live state and the commands together. */

import { ApiError, newKey, post } from '../js/api.js';
import { clock } from '../js/clock.js';
import { el } from '../js/component.js';
import { language, setLanguage } from '../js/i18n.js';
import { Live } from '../js/live.js';
import { behaveLikeAMachine } from '../js/tap.js';
import { asksVoters, kioskState } from './availability.js';
import { Bar } from './bar.js';
import { Flow } from './flow.js';
import { Forecasts, foretells } from './forecasts.js';
import {
  knowsWays,
  recordedFor,
  recordedQuestion,
  travelQuestion,
  TRAVEL_MINUTES,
  waysFor,
} from './guide.js';
import { Header } from './header.js';
import { MenuPage } from './menu_page.js';
import { NumberPage } from './number_page.js';
import { PaperWatch } from './paper_watch.js';
import { QuestionPage } from './question_page.js';
import { ReturnPage } from './return_page.js';
import { ServicePage } from './service_page.js';
import { SpeakingMode } from './speaking.js';
import { SlipPage } from './slip_page.js';
import { StillHere } from './still_here.js';
import { WaysPage } from './ways_page.js';

const ORDER_TIMEOUT = 5000;
const HELP_SHOWN = 30000;
/** What the next person sees first, whatever language the machine's own browser prefers. */
const FIRST_LANGUAGE =
  new URLSearchParams(window.location.search).get('lang') === 'en' ? 'en' : 'id';
const root = document.documentElement;

class Kiosk {
  #flow = new Flow();
  #snapshot = null;
  #connection = { online: false, lastGood: null, status: null };
  #help = null;
  #helpUntil = 0;
  #shownPage = null;
  #forecasts = new Forecasts(() => this.#change(() => {}));
  #paper = new PaperWatch(() => this.#change(() => {}));
  #speaking = new SpeakingMode({
    back: () => this.#back(),
    help: () => this.#callStaff(),
    language: () => this.#switchLanguage(language() === 'id' ? 'en' : 'id'),
    changed: () => this.#render(),
  });

  constructor(container) {
    const back = () => this.#back();
    const take = (priority, service = this.#flow.service) => this.#take(priority, service);
    const fetch = () => this.#change(() => this.#flow.toggleFetch());
    const retry = () => this.#send(this.#flow.retryOrder());
    this.header = new Header();
    this.bar = new Bar({
      back,
      help: () => this.#callStaff(),
      returned: () => this.#change(() => !this.#flow.busy && this.#flow.openReturn()),
      listen: () => this.#speaking.toggle(),
      language: () => this.#switchLanguage(language() === 'id' ? 'en' : 'id'),
      text: () => this.#change(() => toggle('text', 'large')),
      contrast: () => this.#change(() => toggle('contrast', 'high')),
    });
    this.stillHere = new StillHere({
      stay: () => this.#change(() => {}),
      leave: () => this.#change(() => this.#flow.begin()),
    });
    this.pages = {
      recorded: new QuestionPage(recordedQuestion, this.#recordedAnswers()),
      travel: new QuestionPage(travelQuestion, this.#travelAnswers(), { kind: 'travels' }),
      ways: new WaysPage({ fetch, take, retry, slip: (service) => this.#giveSlip(service) }),
      slip: new SlipPage({
        take: back,
        done: () => this.#change(() => this.#flow.begin()),
        reprint: () => this.#reprint('slips', this.#flow.slip),
      }),
      menu: new MenuPage({
        vote: () => this.#vote(null),
        open: (code) => this.#open(code),
        turned: () => this.#render(),
      }),
      service: new ServicePage({
        vote: () => this.#vote(recordedFor(this.#snapshot, this.#flow.service)),
        fetch,
        take,
        retry,
        instead: () => this.#openInstead(),
        other: () => this.#change(() => this.#flow.begin()),
      }),
      number: new NumberPage({
        done: back,
        reprint: () => this.#reprint('tickets', this.#flow.ticket),
      }),
      return: new ReturnPage({ back, changed: () => this.#change(() => {}) }),
    };
    this.top = el('div', { class: 'top' }, this.header.element);
    this.place = el('div', { class: 'place' });
    this.main = el('main', { class: 'content' }, this.top, this.place);
    this.container = container;
  }

  start() {
    behaveLikeAMachine();
    setLanguage(FIRST_LANGUAGE);
    this.container.replaceChildren(this.main, this.bar.element, this.stillHere.element);
    window.addEventListener('pointerup', (event) => this.#touched(event));
    window.addEventListener('keydown', (event) => {
      this.#flow.touch(performance.now());
      const typing = this.#flow.page === 'return' && !this.#speaking.on;
      if (typing) this.pages.return.pad.type(event);
      else if (this.#speaking.press(event)) event.preventDefault();
    });
    const live = new Live({
      namespace: '/kiosk',
      snapshotUrl: '/api/kiosk',
      first: JSON.parse(this.container.dataset.first),
      idle: () => this.#flow.mayForget(performance.now()),
    });
    live.onConnection((connection) => this.#change(() => this.#reconnected(connection)));
    live.onState((snapshot) =>
      this.#change(() => {
        this.#snapshot = snapshot;
      }),
    );
    clock.everySecond(() => this.#tick());
  }

  #recordedAnswers() {
    const icons = { yes: 'recorded', lost: 'lost', no: 'never', unsure: 'unsure' };
    return Object.fromEntries(
      Object.entries(icons).map(([answer, icon]) => [
        answer,
        { icon, act: () => this.#change(() => this.#flow.answerRecorded(answer)) },
      ]),
    );
  }

  #travelAnswers() {
    return Object.fromEntries(
      TRAVEL_MINUTES.map((minutes) => [
        String(minutes),
        {
          icon: minutes === null ? 'unsure' : `clock${minutes}`,
          act: () => this.#change(() => this.#flow.answerTravel(minutes)),
        },
      ]),
    );
  }

  /** An office with services of its own is asked for the service instead. */
  #vote(recorded) {
    this.#change(() => this.#flow.vote({ recorded, known: knowsWays(this.#snapshot) }));
  }

  /** One step back on this page, or to the page before. @returns {boolean} false at the first */
  #back() {
    if (this.#flow.atHome) return false;
    if (this.#flow.busy || this.pages[this.#flow.page].back?.()) return true;
    this.#change(() => this.#flow.back());
    return true;
  }

  #open(code) {
    this.#change(() =>
      this.#flow.voting ? this.#flow.chooseForVoter(code) : this.#flow.openService(code),
    );
  }

  /** Change something, then show it. */
  #change(action) {
    action();
    this.#render();
  }

  #render() {
    const state = kioskState(this.#snapshot, this.#connection);
    const polling = this.#snapshot !== null && asksVoters(this.#snapshot, clock.now());
    this.#settle(polling);
    const model = {
      flow: this.#flow,
      snapshot: this.#snapshot,
      connection: this.#connection,
      forecasts: this.#forecasts,
      state,
      asksVoters: polling && state.open,
      help: this.#help,
      large: root.dataset.text === 'large',
      contrast: root.dataset.contrast === 'high',
      speaking: this.#speaking.on,
      paper: this.#paper.state(this.#snapshot, performance.now()),
    };
    const page = this.pages[this.#flow.page];
    this.header.render(model);
    page.render(model);
    if (this.#shownPage !== page) this.#show(page, model);
    this.bar.render(model);
    this.stillHere.render(model);
    this.main.inert = this.#flow.asking;
    this.#speaking.render(this.#speech(page, model));
  }

  #speech(page, model) {
    if (this.#flow.asking) return this.stillHere.speech(model);
    const speech = page.speech(model);
    if (!this.#flow.atHome) return speech;
    const returned = { element: this.bar.buttons.returned.element, words: ['i_am_back'] };
    return { ...speech, choices: [...speech.choices, returned] };
  }

  /** A voter's questions end when the polls close. */
  #settle(polling) {
    if (this.#snapshot !== null && !polling) this.#flow.endVoting();
    if (this.#flow.page === 'ways') this.#wantForecasts();
  }

  #wantForecasts() {
    if (!this.#connection.online || !foretells(this.#snapshot)) return;
    const codes = waysFor(this.#snapshot, this.#flow)
      .filter((way) => way.blocked === null)
      .map((way) => way.service.code);
    this.#forecasts.want(codes, this.#flow.travel, performance.now());
  }

  #show(page, model) {
    const before = this.#shownPage;
    this.#shownPage = page;
    if (before === this.pages.number) this.#speaking.leave();
    before?.reset?.();
    before?.head.remove();
    this.top.append(page.head);
    this.place.replaceChildren(page.body);
    root.dataset.page = this.#flow.page;
    page.render(model);
    if (before) page.title.focus({ preventScroll: true });
  }

  #tick() {
    const now = performance.now();
    if (this.#speaking.talking) {
      if (this.#flow.page === 'number') this.#flow.keepNumber(now);
      else this.#flow.touch(now);
    }
    if (['number', 'slip'].includes(this.#flow.page)) this.#paper.tick(this.#snapshot, now);
    this.#count(now);
    if (this.#help !== null && now > this.#helpUntil) this.#help = null;
    if (this.#flow.mayForget(now)) this.#forget();
    this.#render();
  }

  #count(now) {
    this.#flow.tick(now, this.#hasPaper(now) && !this.#speaking.on);
  }

  /** The next person starts with the office's own language and ordinary text. */
  #forget() {
    delete root.dataset.text;
    delete root.dataset.contrast;
    this.pages.menu.reset();
    this.#speaking.end();
    this.#forecasts.clear();
    if (language() !== FIRST_LANGUAGE) this.#switchLanguage(FIRST_LANGUAGE);
  }

  #touched(event) {
    const now = performance.now();
    const onButton = event.target instanceof Element && event.target.closest('button, a') !== null;
    if (!onButton && this.#flow.closesByTouch(now, this.#hasPaper(now)))
      this.#flow.begin();
    this.#flow.touch(now);
    this.#render();
  }

  #switchLanguage(code) {
    setLanguage(code);
    this.#render();
  }

  #take(priority, service) {
    this.#send(this.#flow.startOrder({ service, priority, language: language() }, newKey));
  }

  async #send(order) {
    if (!order) return;
    this.#render();
    try {
      const { ticket } = await post('/api/tickets', order.body, {
        key: order.key,
        timeout: ORDER_TIMEOUT,
      });
      this.#paper.start(ticket, performance.now());
      this.#flow.finishOrder(order, ticket, performance.now());
      this.#count(performance.now());
    } catch (error) {
      this.#flow.failOrder(order, asApiError(error));
    } finally {
      this.#flow.touch(performance.now());
      this.#render();
    }
  }

  #hasPaper(now) {
    return ['coming', 'out'].includes(this.#paper.state(this.#snapshot, now));
  }

  /** "No paper came out?": a marked copy, once. */
  async #reprint(kind, printed) {
    if (printed === null || this.#flow.reprinted) return;
    this.#change(() => this.#flow.askForPaper(performance.now()));
    try {
      await post(`/api/${kind}/${printed.id}/reprint`, {}, { timeout: 3000 });
      this.#paper.start(printed, performance.now());
    } catch (error) {
      console.warn('not reprinted', error);
    } finally {
      this.#render();
    }
  }

  /** Too late is not refused: proof of the hour on paper, and a number all the same if wanted. */
  async #giveSlip(service) {
    if (this.#flow.busy) return;
    this.#change(() => {
      this.#flow.busy = true;
    });
    const body = { service, language: language() };
    try {
      const { slip } = await post('/api/slips', body, { timeout: ORDER_TIMEOUT });
      this.#paper.start(slip, performance.now());
      this.#flow.busy = false;
      this.#flow.showSlip(slip);
    } catch (error) {
      console.warn('no slip', error);
    } finally {
      this.#flow.busy = false;
      this.#flow.touch(performance.now());
      this.#render();
    }
  }

  #openInstead() {
    const { instead } = this.#snapshot.services.find((one) => one.code === this.#flow.service);
    if (instead) this.#change(() => this.#flow.openService(instead));
  }

  /** An order that got no answer is sent again as soon as the server is back: same key, one number. */
  #reconnected(connection) {
    const back = connection.online && !this.#connection.online;
    this.#connection = connection;
    if (back && this.#flow.error?.status === 0) this.#send(this.#flow.retryOrder());
  }

  async #callStaff() {
    if (this.#help === 'sending' || this.#help === 'sent') return;
    this.#help = 'sending';
    this.#helpUntil = Infinity;
    this.#render();
    try {
      await post('/api/help', { kind: this.#flow.page }, { timeout: 3000 });
      this.#help = 'sent';
      this.#speaking.remark('staff_called');
    } catch (error) {
      console.warn(error);
      this.#help = 'failed';
      this.#speaking.remark('not_done', 'ask_staff');
    } finally {
      this.#helpUntil = performance.now() + HELP_SHOWN;
      this.#render();
    }
  }
}

function toggle(name, value) {
  if (root.dataset[name] === value) delete root.dataset[name];
  else root.dataset[name] = value;
}

function asApiError(error) {
  if (error instanceof ApiError) return error;
  console.error(error);
  return new ApiError(0, 'unknown', '');
}

new Kiosk(document.getElementById('kiosk')).start();
