/** The newest preview tickets as pictures, looked for every few seconds. */

import { get } from '../js/api.js';
import { formatTime } from '../js/clock.js';
import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';

const PAUSE = 2000;
const LOST_AFTER = 4000;
const SHOWN = 30;

const list = document.getElementById('tickets');
const empty = document.getElementById('empty');
const band = document.getElementById('band');
let heardAt = performance.now();
let lastGood = null;

look();

async function look() {
  let problem = null;
  try {
    if (!document.hidden) show((await get('/api/preview', { timeout: 3000 })).items);
  } catch (error) {
    problem = error;
  } finally {
    showBand(problem);
    setTimeout(look, PAUSE);
  }
}

/** @param {{id: number, url: string, number: string, at: number}[]} items newest first */
function show(items) {
  heardAt = performance.now();
  lastGood = Date.now();
  empty.hidden = items.length > 0;
  renderList(list, items.slice(0, SHOWN), (item) => item.id, picture);
}

function picture({ number, at, url }) {
  const text = t('Ticket {number}, {time}', { number, time: formatTime(at) });
  return el(
    'li',
    {},
    el(
      'figure',
      {},
      el('a', { href: url, target: '_blank', rel: 'noopener' }, el('img', { src: url, alt: text })),
      el('figcaption', { class: 'soft', text }),
    ),
  );
}

function showBand(problem) {
  const refused = problem?.status === 401 || problem?.status === 403;
  const lost = problem !== null && performance.now() - heardAt > LOST_AFTER;
  band.hidden = !refused && !lost;
  if (refused) setText(band, t('You are not signed in.'));
  else if (lost && lastGood)
    setText(
      band,
      t('Connection lost. What you see is from {time}. Trying again by itself.', {
        time: formatTime(lastGood),
      }),
    );
  else if (lost) setText(band, t('No connection to the server.'));
}
