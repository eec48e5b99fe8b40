/** Who answers for the office: a supervisor, and a deputy for when that person is away. */

import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { pinField, textField } from './fields.js';
import { Wrong } from '../js/form.js';

export const supervisorQuestion = {
  name: 'supervisor',
  title: () => t('Who is the supervisor?'),
  build({ answers }) {
    const person = personFields(answers.supervisor, t('Supervisor'));
    return {
      nodes: [
        ...person.nodes,
        el('p', { class: 'soft', text: t('A forgotten PIN can only be replaced, at the server itself, with this command:') }),
        el('p', {}, el('code', { text: 'python3 run.py staff pin' })),
      ],
      answers: () => ({ supervisor: person.answer() }),
    };
  },
};

export const deputyQuestion = {
  name: 'deputy',
  title: () => t('Who is the deputy?'),
  build({ answers, wizard }) {
    const person = personFields(answers.deputy, t('Deputy'));
    const skip = el('button', {
      type: 'button',
      class: 'button',
      text: t('Without a deputy'),
      on: { click: () => wizard.submit({ deputy: null }) },
    });
    return {
      nodes: [
        el('p', { text: t('The deputy may do all that the supervisor may, with a PIN of their own.') }),
        ...person.nodes,
      ],
      more: [skip],
      answers() {
        if (person.label.value === answers.supervisor?.label) {
          throw new Wrong(t('The deputy needs another label than the supervisor.'), person.label);
        }
        return { deputy: person.answer() };
      },
    };
  },
};

/** Label and PIN, twice. A person who was answered before may keep their PIN. */
function personFields(known, suggestion) {
  const label = textField({
    label: t('Label'),
    value: known?.label ?? suggestion,
    hint: t('What the screens and the record call this person. No real name is needed.'),
    attributes: { maxlength: 40 },
  });
  const rule = el('p', { class: 'soft', id: 'pin-rule', text: t('The PIN: 6 to 12 digits, no simple row such as 123456.') });
  const pin = pinField({
    label: known ? t('New PIN (empty: it stays as it is)') : t('PIN'),
    describedBy: rule.id,
  });
  const again = pinField({ label: t('PIN once more') });
  return {
    label,
    nodes: [label.root, el('div', { class: 'form-field' }, rule, el('div', { class: 'wizard-row' }, pin.root, again.root))],
    answer() {
      if (!label.value) throw new Wrong(t('Enter a label.'), label);
      if (known && !pin.value && !again.value) return { label: label.value };
      if (!/^\d{6,12}$/.test(pin.value)) throw new Wrong(t('A PIN has 6 to 12 digits.'), pin);
      if (pin.value !== again.value) throw new Wrong(t('The two PINs are not the same.'), again);
      return { label: label.value, pin: pin.value };
    },
  };
}
