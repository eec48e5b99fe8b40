/** A button with its key printed on it. */

import { el, renderList, setText } from '../js/component.js';
import { keyWord } from './actions.js';

const CLASSES = {
  main: 'button button-primary action action-main',
  second: 'button action',
  third: 'button action action-third',
};

/**
 * Show exactly the actions that are legal now, each as a button, and those that are about to be, in
 * the same place without a key, and with what is missing.
 *
 * @param {Element} container
 * @param {import('./actions.js').Action[]} actions
 * @param {object} view
 * @param {(action: import('./actions.js').Action) => void} run
 * @param {(action: import('./actions.js').Action) => string} [extra] text behind the label
 */
export function renderActions(container, actions, view, run, extra = () => '') {
  const offers = actions
    .map((action) => ({ action, soon: action.legal(view) ? null : action.soon?.(view) }))
    .filter(({ soon }) => soon !== undefined && soon !== '');
  renderList(
    container,
    offers,
    ({ action, soon }) => (soon === null ? action.id : `${action.id} soon`),
    ({ action, soon }) => (soon === null ? actionButton(action, run) : soonLine(action)),
    (node, { action, soon }) => {
      setText(node.firstElementChild, action.label(view));
      setText(node.children[1], soon ?? extra(action));
    },
  );
}

function soonLine({ weight }) {
  const size = weight === 'main' ? ' action-main' : '';
  return el(
    'p',
    { class: `action-soon${size}` },
    el('span', { class: 'action-label' }),
    el('span', { class: 'action-missing' }),
  );
}

function actionButton(action, run) {
  const button = el(
    'button',
    { type: 'button', class: CLASSES[action.weight], dataset: { action: action.id } },
    el('span', { class: 'action-label' }),
    el('span', { class: 'action-extra' }),
    el('kbd', { text: keyWord(action.key) }),
  );
  onPress(button, () => run(action));
  return button;
}

/**
 * Do something when a button is pressed. After a click by hand the keys are for the whole card
 * again, not for this button only.
 *
 * @param {HTMLButtonElement} button @param {() => void} run
 */
export function onPress(button, run) {
  button.addEventListener('click', (event) => {
    if (event.detail > 0) button.blur();
    run();
  });
}
