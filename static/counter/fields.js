/**
 * The fields of the panels' forms. Each maker returns a field: `element` to show, `value()` to
 * read, `name` for the body of the command; `fault()`, where there is one, says what is wrong with
 * what was typed, and `input` then gets the focus.
 */

import { el } from '../js/component.js';
import { t } from '../js/i18n.js';

/** Until 24.00, which ends a day. */
const TIME_OF_DAY = /^\s*(?:([01]?\d|2[0-3])[.:]?([0-5]\d)|(24)[.:]?(00))\s*$/;

let lastId = 0;
const nextId = () => `field-${(lastId += 1)}`;

/**
 * One of several; the first nine have a digit as their key.
 *
 * @param {string} name
 * @param {string} label
 * @param {{value: string | number, label: string}[]} options
 * @param {string | number} [chosen] default: the first
 */
export function choice(name, label, options, chosen = options[0]?.value) {
  const group = nextId();
  const inputs = options.map(({ value }) =>
    el('input', { type: 'radio', name: group, value, checked: value === chosen }),
  );
  const element = el(
    'fieldset',
    { class: 'field' },
    el('legend', { text: label }),
    el(
      'div',
      { class: 'choices' },
      ...options.map((option, index) =>
        el(
          'label',
          { class: 'choice' },
          inputs[index],
          el('span', { text: option.label }),
          index < 9 && el('kbd', { text: index + 1 }),
        ),
      ),
    ),
  );
  const value = () => {
    const index = inputs.findIndex((input) => input.checked);
    return index < 0 ? undefined : options[index].value;
  };
  return { name, element, value, inputs };
}

/** Several of several. @param {string[]} chosen values @param {string} [none] what to say of none */
export function many(name, label, options, chosen, none = '') {
  const inputs = options.map(({ value }) =>
    el('input', { type: 'checkbox', checked: chosen.includes(value) }),
  );
  const element = el(
    'fieldset',
    { class: 'field' },
    el('legend', { text: label }),
    el(
      'div',
      { class: 'choices' },
      ...options.map((option, index) =>
        el('label', { class: 'choice' }, inputs[index], el('span', { text: option.label })),
      ),
    ),
  );
  const value = () => options.filter((_, index) => inputs[index].checked).map((one) => one.value);
  const fault = () => (value().length === 0 ? none : '');
  return { name, element, value, input: inputs[0], fault };
}

/** One of many, folded. */
export function select(name, label, options, chosen) {
  const input = el(
    'select',
    { class: 'input' },
    ...options.map((option, index) =>
      el('option', { value: index, text: option.label, selected: option.value === chosen }),
    ),
  );
  return field(name, label, input, () => options[Number(input.value)]?.value);
}

/** A whole number; undefined when left empty. */
export function number(name, label, { least, most, initial = '' }) {
  const input = el('input', {
    class: 'input input-short',
    type: 'number',
    inputmode: 'numeric',
    min: least,
    max: most,
    value: initial,
  });
  const made = field(name, label, input, () => (input.value === '' ? undefined : Number(input.value)));
  const fault = () =>
    input.checkValidity() ? '' : t('A whole number from {least} to {most}.', { least, most });
  return { ...made, input, fault };
}

/** A time of day, such as 11.30 or 11:30; its value is `HH:MM`, undefined when left empty. */
export function time(name, label, initial = '') {
  const input = el('input', {
    class: 'input input-short',
    type: 'text',
    inputmode: 'decimal',
    maxlength: 5,
    autocomplete: 'off',
    placeholder: t('11:30'),
    value: initial,
  });
  const value = () => {
    const [hours, minutes] = (TIME_OF_DAY.exec(input.value) ?? []).slice(1).filter(Boolean);
    return hours && `${hours.padStart(2, '0')}:${minutes}`;
  };
  const fault = () => (input.value.trim() && !value() ? t('Write the time like {example}.', { example: t('11:30') }) : '');
  return { ...field(name, label, input, value), input, fault };
}

/** A reason, with the usual ones to choose from; undefined when left empty. */
export function reason(name, label, usual, { required = false } = {}) {
  const list = nextId();
  const input = el('input', {
    class: 'input',
    type: 'text',
    maxlength: 120,
    autocomplete: 'off',
    list,
    required,
    placeholder: t('no names, no NIK'),
  });
  const made = field(name, label, input, () => input.value.trim() || undefined);
  made.element.append(el('datalist', { id: list }, ...usual.map((value) => el('option', { value }))));
  const fault = () => (required && !input.value.trim() ? t('A reason is needed.') : '');
  return { ...made, input, fault };
}

/** Yes or no. */
export function check(name, label, initial = false) {
  const input = el('input', { type: 'checkbox', checked: initial });
  const element = el(
    'div',
    { class: 'field' },
    el('label', { class: 'choice choice-single' }, input, el('span', { text: label })),
  );
  return { name, element, value: () => input.checked };
}

/**
 * Show a field only while a condition on the form's values holds; hidden, it has no value.
 *
 * @param {object} made a field
 * @param {(values: object) => boolean} condition
 */
export function when(made, condition) {
  return { ...made, condition };
}

function field(name, label, input, value) {
  const id = nextId();
  input.id = id;
  return {
    name,
    element: el('div', { class: 'field' }, el('label', { for: id, text: label }), input),
    value,
  };
}
