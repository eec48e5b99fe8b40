/** Labelled inputs. Each is a <div class="field"> with its input as `.input`. */

import { el } from '../js/component.js';

let count = 0;

/**
 * Put a label, and a hint where there is one, around an input.
 * @param {HTMLElement} input
 * @param {{label: string, hint?: string, wide?: boolean, quiet?: boolean}} options `wide`: a whole
 *   line; `quiet`: the label is only for screen readers, because a table's head says it
 * @returns {HTMLElement} with the input as `.input`
 */
export function field(input, { label, hint = '', wide = false, quiet = false }) {
  count += 1;
  input.id = `field-${count}`;
  const help = hint ? el('p', { class: 'hint', id: `hint-${count}`, text: hint }) : null;
  if (help) input.setAttribute('aria-describedby', help.id);
  const name = el('label', { for: input.id, class: quiet ? 'visually-hidden' : 'label', text: label });
  const box = el('div', { class: wide ? 'field field-wide' : 'field' }, name, help, input);
  box.input = input;
  return box;
}

/**
 * @param {object} options those of `field`, and `value`, `size` (letters), `type`, `mode` (the
 *   keyboard), `suggestions` (texts to choose from), `attributes`
 */
export function textField({
  value = '',
  size = 24,
  type = 'text',
  mode,
  suggestions,
  attributes,
  ...options
}) {
  const input = el('input', { type, size, inputmode: mode, autocomplete: 'off', ...attributes });
  input.defaultValue = value ?? '';
  const box = field(input, options);
  if (suggestions) {
    const list = el(
      'datalist',
      { id: `list-${count}` },
      ...suggestions.map((text) => el('option', { value: text })),
    );
    input.setAttribute('list', list.id);
    box.append(list);
  }
  return box;
}

/** A whole number, typed; `min` and `max` are told to the browser as well. */
export function numberField({ value, min = 0, max, ...options }) {
  return textField({
    value,
    size: 6,
    type: 'number',
    mode: 'numeric',
    attributes: { min, max, step: 1 },
    ...options,
  });
}

/** An hour such as 10.30; a text, because pickers follow the browser's language, not the office's. */
export function timeField({ value, ...options }) {
  return textField({ value, size: 6, mode: 'numeric', attributes: { maxlength: 5 }, ...options });
}

/**
 * @param {object} options those of `field`, and `options`: [[value, text], ...], `value`
 */
export function selectField({ options, value = '', ...rest }) {
  const input = el('select', {});
  setOptions(input, options);
  for (const option of input.options) option.defaultSelected = option.value === String(value ?? '');
  return field(input, rest);
}

/**
 * Replace the choices of a select when they differ; what is chosen stays chosen.
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} options
 */
export function setOptions(select, options) {
  const wanted = JSON.stringify(options);
  if (select.dataset.options === wanted) return;
  select.dataset.options = wanted;
  const chosen = select.value;
  select.replaceChildren(...options.map(([value, text]) => el('option', { value, text })));
  if (options.some(([value]) => String(value) === chosen)) select.value = chosen;
}

/** A box to tick, with its label at its right. */
export function checkField({ label, checked = false, hint = '', quiet = false }) {
  const input = el('input', { type: 'checkbox' });
  input.defaultChecked = checked;
  count += 1;
  input.id = `field-${count}`;
  const name = el('label', { for: input.id, class: quiet ? 'visually-hidden' : '', text: label });
  const help = hint ? el('p', { class: 'hint', id: `hint-${count}`, text: hint }) : null;
  if (help) input.setAttribute('aria-describedby', help.id);
  const box = el('div', { class: 'field check' }, el('div', { class: 'check-line' }, input, name), help);
  box.input = input;
  return box;
}

/**
 * Show the server's value in an input, unless somebody is typing there or has typed something
 * that is not sent yet.
 * @param {HTMLInputElement | HTMLSelectElement} input
 * @param {string | number | boolean | null | undefined} value
 */
export function follow(input, value) {
  const check = input.type === 'checkbox';
  const next = check ? value === true : String(value ?? '');
  const shown = check ? input.checked : input.value;
  const typed = input.known !== undefined && shown !== input.known;
  if (shown === next) input.known = next;
  else if (!typed && (check || document.activeElement !== input)) {
    if (check) input.checked = next;
    else input.value = next;
    input.known = next;
  }
}

/**
 * Show a value that the server has just accepted, also where it was written differently.
 * @param {HTMLInputElement | HTMLSelectElement} input
 * @param {string} value
 */
export function adopt(input, value) {
  input.value = value;
  input.known = value;
}

/**
 * Whether an input that follows the server holds something that is not sent yet.
 * @param {HTMLInputElement | HTMLSelectElement} input
 */
export function changed(input) {
  if (input.known === undefined) return false;
  return (input.type === 'checkbox' ? input.checked : input.value) !== input.known;
}
