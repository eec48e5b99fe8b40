/** All fields of a service, to change one or to add one. */

import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { InputError, commandForm, neededText, wholeNumber } from './command.js';
import { checkField, numberField, selectField, textField } from './fields.js';
import { ownName } from './words.js';

const LETTERS = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];
const CODE = /^[a-z][a-z0-9-]{0,23}$/;

/**
 * @param {object} options
 * @param {object} [options.service] of `service_list`; none to add one
 * @param {object[]} options.services
 * @param {() => void} options.done
 * @param {() => void} options.cancel
 * @returns {HTMLFormElement}
 */
export function serviceForm({ service, services, done, cancel }) {
  const adding = !service;
  const code = textField({
    label: t('Code'),
    value: service?.code,
    size: 16,
    hint: t('Small letters, digits and hyphens; never changes.'),
    attributes: { readonly: !adding, maxlength: 24 },
  });
  const taken = services.filter((one) => one.code !== service?.code).map((one) => one.letter);
  const letter = selectField({
    label: t('Letter'),
    value: service?.letter,
    options: LETTERS.filter((one) => !taken.includes(one)).map((one) => [one, one]),
  });
  const position = numberField({
    label: t('Place on the kiosk'),
    value: service?.position ?? services.length + 1,
    min: 1,
    max: 999,
  });
  const nameId = textField({ label: t('Name in Indonesian'), value: service?.name_id, size: 34 });
  const nameEn = textField({ label: t('Name in English'), value: service?.name_en, size: 34 });
  const bringId = textField({
    label: t('What to bring, in Indonesian'),
    value: service?.bring_id,
    size: 34,
    hint: t('Separate documents with a semicolon.'),
  });
  const bringEn = textField({
    label: t('What to bring, in English'),
    value: service?.bring_en,
    size: 34,
    hint: t('Separate documents with a semicolon.'),
  });
  const target = numberField({
    label: t('Target wait (minutes)'),
    value: service ? Math.round(service.target / 60) : 60,
    min: 1,
    max: 1440,
  });
  const expected = numberField({
    label: t('Expected service time (seconds)'),
    value: service?.expected ?? 300,
    min: 1,
    max: 86400,
  });
  const quota = numberField({
    label: t('Numbers a day at most'),
    value: service?.quota ?? '',
    max: 100000,
    hint: t('Empty: no limit.'),
  });
  const offered = checkField({ label: t('Offered today'), checked: service?.state !== 'closed' });
  const journey = new JourneyField(service, services);
  const fields = [
    code,
    letter,
    position,
    nameId,
    nameEn,
    bringId,
    bringEn,
    target,
    expected,
    quota,
    offered,
    journey.root,
  ];
  const request = () => {
    const name = neededText(code, t('Enter a code.'));
    if (!CODE.test(name))
      throw new InputError(t('Use small letters, digits and hyphens, beginning with a letter.'), code.input);
    return [
      '/api/services',
      {
        code: name,
        letter: letter.input.value,
        name_id: neededText(nameId, t('Enter the Indonesian name.')),
        name_en: neededText(nameEn, t('Enter the English name.')),
        bring_id: bringId.input.value.trim(),
        bring_en: bringEn.input.value.trim(),
        target_minutes: wholeNumber(target, { min: 1, max: 1440, needed: true }),
        expected_seconds: wholeNumber(expected, { min: 1, max: 86400, needed: true }),
        quota: wholeNumber(quota),
        journey: journey.value,
        position: wholeNumber(position, { min: 1, max: 999, needed: true }),
        offered: offered.input.checked,
      },
    ];
  };
  return commandForm({
    title: adding ? t('Add a service') : t('Edit {name}', { name: ownName(service) }),
    fields,
    submit: adding ? t('Add') : t('Save'),
    request,
    cancel,
    done,
    keep: true,
  });
}

/** @returns {string[]} codes of a service's later steps; the catalogue joins them with commas */
export const stepsOf = (service) => (service?.journey ?? '').split(',').filter(Boolean);

/** The later steps of a visit, in order: at most three selects, the next appears with the last. */
class JourneyField {
  #selects;
  root;

  constructor(service, services) {
    const steps = stepsOf(service);
    const others = services.filter((one) => one.code !== service?.code).map((one) => [one.code, ownName(one)]);
    const count = Math.max(3, steps.length);
    this.#selects = Array.from({ length: count }, (_, index) =>
      selectField({
        label: t('Step {number}', { number: index + 2 }),
        options: [['', t('none')], ...others],
        value: steps[index] ?? '',
      }),
    );
    this.root = el(
      'fieldset',
      { class: 'field-wide journey' },
      el('legend', { class: 'label', text: t('Next steps of the same visit') }),
      el('p', { class: 'hint', text: t('The number stays the same and goes on to the next service.') }),
      el('div', { class: 'fields' }, ...this.#selects),
    );
    for (const { input } of this.#selects) input.addEventListener('change', () => this.#show());
    this.#show();
  }

  #show() {
    let before = true;
    for (const box of this.#selects) {
      box.hidden = !before && !box.input.value;
      before = Boolean(box.input.value);
    }
  }

  get value() {
    return this.#selects.map((box) => box.input.value).filter(Boolean);
  }
}
