/** The form that puts one or many tickets into another class. */

import { t } from '../js/i18n.js';
import { InputError, commandForm, neededText, wholeNumber } from './command.js';
import { selectField, textField, numberField } from './fields.js';
import { serviceOptions } from './words.js';

/**
 * @param {object} options
 * @param {object[]} options.services
 * @param {() => [string, object]} options.target address, and what the body holds besides
 * @param {string} options.title
 * @param {(answer: object) => string | void} options.done
 * @param {() => void} options.cancel
 * @returns {HTMLFormElement}
 */
export function reclassifyForm({ services, target, title, done, cancel }) {
  const service = selectField({
    label: t('Service'),
    options: [['', t('as it is')], ...serviceOptions(services)],
  });
  const priority = yesNoField(t('Priority (the reason is never asked)'));
  const voter = yesNoField(t('Document for a polling station today'));
  const travel = numberField({
    label: t('Travel to the polling station (minutes)'),
    max: 240,
    hint: t('If unknown, leave empty: 30 is assumed.'),
  });
  const reason = textField({
    label: t('Reason'),
    size: 36,
    hint: t('Kept in the journal. No names, no NIK.'),
    suggestions: reclassifyReasons(),
  });
  const showTravel = () => {
    travel.hidden = voter.input.value !== 'yes';
  };
  voter.input.addEventListener('change', showTravel);
  showTravel();
  return commandForm({
    title,
    fields: [service, priority, voter, travel, reason],
    submit: t('Reclassify'),
    cancel,
    done,
    request() {
      const [url, body] = target();
      if (service.input.value) body.service = service.input.value;
      if (priority.input.value) body.priority = priority.input.value === 'yes';
      if (voter.input.value) body.voter = voter.input.value === 'yes';
      const minutes = travel.hidden ? null : wholeNumber(travel, { max: 240 });
      if (minutes !== null) body.travel_minutes = minutes;
      if (body.service === undefined && body.priority === undefined && body.voter === undefined) {
        throw new InputError(t('Choose what should change.'), service.input);
      }
      return [url, { ...body, reason: neededText(reason, t('Enter a reason.')) }];
    },
  });
}

function yesNoField(label) {
  return selectField({
    label,
    options: [
      ['', t('as it is')],
      ['yes', t('yes')],
      ['no', t('no')],
    ],
  });
}

const reclassifyReasons = () => [
  t('Wrong service chosen'),
  t('Priority was not chosen'),
  t('Needs the document today'),
  t('Service cannot be given today'),
];
