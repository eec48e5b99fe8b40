/** The start page: says whether the server answers, and the address to pair a device. */

import { get } from '../js/api.js';
import { setText } from '../js/component.js';

const PAUSE = 5000;

const status = document.getElementById('server');
const address = document.getElementById('pair-address');
setText(address, window.location.origin + address.dataset.path);
document.getElementById('loopback').hidden = !/^(localhost|127\.|\[::1\])/.test(window.location.hostname);

async function look() {
  let running = false;
  try {
    await get('/health', { timeout: 4000 });
    running = true;
  } catch {
    // Said on the page below.
  } finally {
    setText(status, running ? status.dataset.ok : status.dataset.lost);
    status.classList.toggle('notice-alert', !running);
    setTimeout(look, PAUSE);
  }
}

look();
