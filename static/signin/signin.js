/** Staff sign in: label, PIN, counter number; then on to the screen that was asked for. */

import { post } from '../js/api.js';
import { Form, Wrong } from '../js/form.js';
import { t } from '../js/i18n.js';

const SCREENS = ['/counter', '/supervisor', '/preview', '/setup/ready', '/kiosk', '/display'];

const form = document.getElementById('sign-in');
const { name, pin, counter } = form.elements;

async function signIn() {
  const body = { name: name.value.trim(), pin: pin.value };
  if (counter.value !== '') body.counter = Number(counter.value);
  const { role } = await post('/api/session', body, { timeout: 15_000 });
  window.location.assign(screenFor(role));
}

function explain(error) {
  pin.value = '';
  return new Wrong(error.detail || t('The server does not answer. Please try again.'), pin);
}

/** The screen that was asked for, else the one of the role; never another site. */
function screenFor(role) {
  const wanted = new URLSearchParams(window.location.search).get('next');
  if (SCREENS.includes(wanted)) return wanted;
  return role === 'supervisor' ? '/supervisor' : '/counter';
}

new Form(form, document.getElementById('refusal'), { send: signIn, explain });
