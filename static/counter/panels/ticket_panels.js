/** Panels about one ticket: the one in hand, or one chosen from a list. */

import { t } from '../../js/i18n.js';
import { openCounters, servedServices, serviceOf } from '../desk_view.js';
import { check, choice, number, reason, select, when } from '../fields.js';
import { listWord } from '../lists.js';
import { causeWord, letteredWord, minutes, serviceWord, whyWord } from '../words.js';
import { travelTimes } from './travel.js';

const PARK_CAUSES = ['link', 'prr', 'documents', 'other'];
const DUE_BACK_MINUTES = 15;

/** Set the ticket in hand aside. */
export function parkPanel(desk) {
  const causes = PARK_CAUSES.map((value) => ({ value, label: causeWord(value) }));
  const owners = [
    { value: 'service', label: t('any counter') },
    { value: 'counter', label: t('this counter') },
  ];
  return {
    title: t('Park this number'),
    fields: [
      choice('cause', t('Why'), causes),
      number('due_back_minutes', t('Due back in minutes'), {
        least: 0,
        most: 1440,
        initial: DUE_BACK_MINUTES,
      }),
      choice('owner', t('Comes back to'), owners),
      reason('reason', t('Remark'), []),
    ],
    submit: t('Park'),
    onSubmit: (values) => desk.send('park', values),
  };
}

/** Pass the ticket in hand on. */
export function transferPanel(desk, { snapshot, counter, ticket }) {
  const services = servedServices(snapshot)
    .filter(({ code }) => code !== ticket.service)
    .map((service) => ({ value: `service ${service.code}`, label: letteredWord(service) }));
  const counters = openCounters(snapshot)
    .filter((other) => other.number !== counter.number && other.services.includes(ticket.service))
    .map((other) => ({
      value: `counter ${other.number}`,
      label: t('Counter {number}', { number: other.number }),
    }));
  const targets = [...services, ...counters];
  if (targets.length === 0) return nowhere();
  return {
    title: t('Transfer this number'),
    fields: [
      choice('target', t('To service or counter'), targets),
      check('front', t('Put in front')),
      when(
        reason('reason', t('Reason'), [t('Wrong service chosen'), t('Was here already')], {
          required: true,
        }),
        ({ front }) => front,
      ),
    ],
    submit: t('Transfer'),
    onSubmit: ({ target, front, reason: why }) => {
      const [kind, name] = target.split(' ');
      const to = kind === 'service' ? { service: name } : { counter: Number(name) };
      desk.send('transfer', { ...to, front, reason: why });
    },
  };
}

function nowhere() {
  return {
    title: t('Transfer this number'),
    fields: [],
    submit: '',
    onSubmit: () => {},
    more: [paragraph(t('No other open counter can take this number.'))],
  };
}

/** Change service, priority or deadline of a ticket. */
export function reclassifyPanel(desk, { snapshot }, ticket) {
  const services = snapshot.services
    .filter(({ state, code }) => state === 'open' || code === ticket.service)
    .map((service) => ({ value: service.code, label: letteredWord(service) }));
  const unchanged = { value: undefined, label: t('as it is') };
  const yesNo = [unchanged, { value: true, label: t('yes') }, { value: false, label: t('no') }];
  const polling = snapshot.hours.poll_close !== null;
  return {
    title: t('Change {number}', { number: ticket.number }),
    fields: [
      select('service', t('Service'), services, ticket.service),
      select('priority', t('Priority'), yesNo),
      ...(polling
        ? [
            select('voter', t('Needs the document for a TPS today'), yesNo),
            when(select('travel_minutes', t('Way to the TPS'), travelTimes()), ({ voter }) => voter),
          ]
        : []),
      reason('reason', t('Reason'), [t('Wrong service chosen'), t('Wrong details')], {
        required: true,
      }),
    ],
    submit: t('Change'),
    onSubmit: ({ service, ...rest }) => {
      const changed = service === ticket.service ? {} : { service };
      desk.change(ticket.id, 'reclassify', { ...changed, ...rest });
    },
  };
}

/** Cancel a ticket. */
export function cancelPanel(desk, view, ticket) {
  return {
    title: t('Cancel {number}', { number: ticket.number }),
    fields: [reason('reason', t('Reason'), [t('Went home'), t('Taken twice')])],
    submit: t('Cancel number'),
    onSubmit: (values) => desk.change(ticket.id, 'cancel', values),
  };
}

/** Call one ticket out of order. */
export function callPanel(desk, view, ticket) {
  return {
    title: t('Call {number} out of order', { number: ticket.number }),
    fields: [
      reason('reason', t('Reason'), [t('Was here already'), t('Needs help'), t('Wrong details')], {
        required: true,
      }),
    ],
    submit: t('Call'),
    onSubmit: ({ reason: why }) => desk.send('call', { ticket: ticket.id, reason: why }),
  };
}

/** One ticket from a list, and what can be done with it. */
export function ticketPanel(desk, view, { ticket, list }) {
  const { snapshot, now } = view;
  const service = serviceOf(snapshot, ticket.service);
  const offers = offersFor(desk, view, ticket, list);
  return {
    title: ticket.number,
    fields: [],
    submit: '',
    onSubmit: () => {},
    more: [
      paragraph(serviceWord(service)),
      ...wordsAbout(ticket, list, now).map(paragraph),
      ...offers.map(([label, run]) => desk.panelButton(label, run)),
    ],
  };
}

function wordsAbout(ticket, list, now) {
  if (list !== 'waiting') return [listWord(list, ticket, now)];
  return [t('Waits {time}', { time: minutes(now - ticket.arrival) }), whyWord(ticket)];
}

function offersFor(desk, view, ticket, list) {
  const { may, resumable } = view;
  const offers = [];
  if (list === 'parked' && resumable.some(({ id }) => id === ticket.id)) {
    offers.push([t('Call back'), () => desk.send('resume', { ticket: ticket.id })]);
  }
  if (list === 'absent') offers.push([t('Is back'), () => desk.change(ticket.id, 'return')]);
  if (list === 'cancelled') offers.push([t('Restore this number'), () => desk.change(ticket.id, 'restore')]);
  if (['waiting', 'absent', 'parked'].includes(list) && may.has('call')) {
    offers.push([t('Call out of order'), () => desk.openPanel('call', ticket)]);
  }
  if (list === 'waiting') {
    offers.push([t('Change'), () => desk.openPanel('reclassify', ticket)]);
  }
  offers.push([t('Print again'), () => desk.reprint(ticket.id)]);
  if (list !== 'cancelled' && list !== 'recent') {
    offers.push([t('Cancel number'), () => desk.openPanel('cancel', ticket)]);
  }
  return offers;
}

function paragraph(text) {
  const element = document.createElement('p');
  element.textContent = text;
  return element;
}
