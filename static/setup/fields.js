/** The fields of the wizard: each knows its element and its value. */

import { el } from '../js/component.js';

let count = 0;
const nextId = () => `field-${(count += 1)}`;

/**
 * A line of text, a number, a date or a PIN, with its label and a hint below.
 * @param {{label: string, value?: string | number, hint?: string, attributes?: object}} options
 */
export function textField({ label, value = '', hint = '', attributes = {} }) {
  const id = nextId();
  const input = el('input', {
    id,
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-describedby': hint ? `${id}-hint` : null,
    ...attributes,
  });
  input.value = value;
  const below = hint ? el('p', { class: 'soft', id: `${id}-hint`, text: hint }) : null;
  const root = el(
    'div',
    { class: 'form-field' },
    el('label', { for: id, text: label }),
    below,
    input,
  );
  return {
    root,
    input,
    hint: below,
    get value() {
      return input.value.trim();
    },
  };
}

/** The same for a secret: dots, digits, no memory of the browser. */
export function pinField({ label, describedBy }) {
  return textField({
    label,
    attributes: {
      'aria-describedby': describedBy,
      type: 'password',
      inputmode: 'numeric',
      autocomplete: 'new-password',
      maxlength: 12,
    },
  });
}

/**
 * A list to choose from.
 * @param {{label: string, value: string, options: {value: string, text: string}[]}} options
 */
export function selectField({ label, value, options }) {
  const id = nextId();
  const input = el(
    'select',
    { id },
    ...options.map((option) => el('option', { value: option.value, text: option.text })),
  );
  input.value = value;
  return {
    root: el('div', { class: 'form-field' }, el('label', { for: id, text: label }), input),
    input,
    get value() {
      return input.value;
    },
  };
}

/**
 * A few choices, one of which is taken.
 * @param {{legend: string, value: string | null, onChange?: () => void,
 *   options: {value: string, text: string, hint?: string}[]}} options
 */
export function choiceField({ legend, value, options, onChange = () => {} }) {
  const name = nextId();
  const inputs = options.map((option) => {
    const input = el('input', { type: 'radio', name, value: option.value });
    input.checked = option.value === value;
    input.addEventListener('change', onChange);
    return input;
  });
  const lines = options.map((option, index) =>
    el(
      'label',
      { class: 'wizard-choice' },
      inputs[index],
      el(
        'span',
        {},
        el('span', { class: 'wizard-choice-text', text: option.text }),
        option.hint ? el('small', { class: 'soft', text: option.hint }) : null,
      ),
    ),
  );
  return {
    root: el(
      'fieldset',
      { class: 'form-field' },
      el('legend', { class: 'visually-hidden', text: legend }),
      ...lines,
    ),
    inputs,
    get value() {
      return inputs.find((input) => input.checked)?.value ?? null;
    },
  };
}
