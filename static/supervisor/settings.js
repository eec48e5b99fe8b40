/** Every setting of the office: what it means, its value and its default. */

import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton, InputError } from './command.js';
import { adopt, changed, field, follow, numberField, selectField, textField } from './fields.js';
import { choiceText, settingGroups, settingText } from './setting_words.js';
import { serviceName } from './words.js';

export class SettingsSection {
  static id = 'settings';
  static title = () => t('Settings');

  #groups = el('div', {});
  root = el(
    'div',
    {},
    el('p', { class: 'lead', text: t('A change counts at once and is kept in the journal.') }),
    this.#groups,
  );

  render(state) {
    const settings = state.settings ?? {};
    renderList(
      this.#groups,
      settingGroups(Object.keys(settings)),
      (group) => group.name,
      (group) => {
        const list = el('div', { class: 'settings' });
        return el('section', {}, el('h2', { text: group.title }), list);
      },
      (section, group) => {
        renderList(
          section.lastElementChild,
          group.keys,
          (key) => key,
          (key) => new SettingRow(key, settings[key], state.services ?? []).root,
          (row, key) => row.show(settings[key]),
        );
      },
    );
  }
}

/** One setting: its input follows the server until somebody types. */
class SettingRow {
  #key;
  #input;
  /** A text that may not be neutral: saved again, it is taken. */
  #doubted = null;
  #standard = el('p', { class: 'hint' });
  #save;
  root;

  constructor(key, setting, services) {
    this.#key = key;
    const { label, help } = settingText(key);
    const box = inputFor({ ...setting, key, services }, { label, hint: help });
    this.#input = box.input;
    this.#save = commandButton({
      text: t('Save'),
      label: t('Save: {name}', { name: label }),
      primary: true,
      request: () => {
        const value = this.#input.value.trim();
        const confirmed = value === this.#doubted;
        return ['/api/settings', { key, value, ...(confirmed && { confirmed }) }];
      },
      failed: (error) => {
        this.#doubted = error.code === 'confirmation_needed' ? this.#input.value.trim() : null;
        return error.code === 'setting_invalid' ? this.#notAccepted(error) : null;
      },
      done: (answer) => {
        adopt(this.#input, String(answer.value));
        this.#showSave();
        return t('Saved.');
      },
    });
    const form = el(
      'form',
      { class: 'setting', novalidate: true },
      box,
      el('div', { class: 'setting-side' }, this.#save, this.#standard),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#save.button.hidden) this.#save.button.click();
    });
    form.addEventListener('input', () => this.#showSave());
    form.show = (newest) => this.#show(newest);
    this.root = form;
  }

  #show({ value, default: standard, kind }) {
    follow(this.#input, value);
    const text = standard === '' ? t('none') : this.#named(kind, standard);
    setText(
      this.#standard,
      String(value) === String(standard) ? t('as delivered') : t('Default: {value}', { value: text }),
    );
    this.#showSave();
  }

  /** A value as the row's own choices call it. */
  #named(kind, value) {
    const choice = [...(this.#input.options ?? [])].find((option) => option.value === String(value));
    return choice?.text ?? choiceText(this.#key, kind, value);
  }

  /** The row says which setting it is, so the sentence need not give its key. */
  #notAccepted({ detail }) {
    const problem = detail.replace(`${this.#key}: `, '');
    return new InputError(t('Not accepted. It should be: {problem}', { problem }));
  }

  #showSave() {
    this.#save.button.hidden = !changed(this.#input);
  }
}

function inputFor({ kind, choices, value, low, high, key, services }, options) {
  if (key === 'biodata_service') return serviceField(services, value, options);
  const text = (more) => textField({ value, ...more, ...options });
  switch (kind) {
    case 'bool':
      return selectField({
        ...options,
        value,
        options: [
          ['on', t('on')],
          ['off', t('off')],
        ],
      });
    case 'choice':
      return selectField({
        ...options,
        value,
        options: (choices ?? []).map((choice) => [choice, choiceText(key, kind, choice)]),
      });
    case 'int':
      return numberField({ ...options, value, min: low ?? 0, max: high });
    case 'time':
      return text({ size: 6, mode: 'numeric', attributes: { maxlength: 5, placeholder: '00:00' } });
    case 'date': {
      const input = el('input', { type: 'date' });
      input.defaultValue = value ?? '';
      return field(input, options);
    }
    case 'zone':
      return text({
        size: 20,
        suggestions: ['Asia/Jakarta', 'Asia/Pontianak', 'Asia/Makassar', 'Asia/Jayapura'],
      });
    default:
      return text({ size: 34, attributes: { maxlength: 200 } });
  }
}

/** One of the office's services; what is set stays a choice even if there is no such service. */
function serviceField(services, value, options) {
  const known = services.map((service) => [service.code, serviceName(service)]);
  const strange = known.some(([code]) => code === value) ? [] : [[value, value]];
  return selectField({ ...options, value, options: [...known, ...strange] });
}
