/** From number and code to the ticket's page. */

import { post } from '../js/api.js';
import { Form, Wrong } from '../js/form.js';
import { t } from '../js/i18n.js';

const NUMBER = /^[a-z]-?\d{3,4}$/i;

const form = document.getElementById('find');
const { number, trace } = form.elements;

async function find() {
  const typed = number.value.replace(/\s/g, '');
  if (!NUMBER.test(typed)) {
    throw new Wrong(t('A number is a letter and three digits, such as A-012.'), number);
  }
  const body = { number: typed, trace: trace.value.trim() };
  const { path } = await post('/api/tickets/find', body, { timeout: 6000 });
  window.location.assign(`${path}?lang=${document.documentElement.lang}`);
}

function explain({ status, detail }) {
  if (status === 0) return new Wrong(t('There is no answer yet. Please try again.'), trace);
  if (status === 404) return new Wrong(t('Number and code do not match.'), trace);
  return new Wrong(detail || t('This was not possible. Please go to the staff.'), trace);
}

new Form(form, document.getElementById('refusal'), { send: find, explain });
