import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { severities } from '../../../../gateway/protocol/alert.ts';
import { catalogue, type EventType, eventTypes } from '../../../../gateway/protocol/catalogue.ts';
import { Duration } from '../../../../gateway/protocol/rule/duration.ts';
import { weekdays } from '../../../../gateway/protocol/rule/during.ts';
import { Rule } from '../../../../gateway/protocol/rule/rule.ts';
import { durationWords } from '../../../../gateway/protocol/rule/sentence-number.ts';
import { sentenceOf } from '../../../../gateway/protocol/rule/sentence.ts';
import { languages } from '../../../../gateway/protocol/text.ts';

const base = { id: 'a-rule', title: { sv: 'En regel', en: 'A rule' }, severity: 'high' };

function ruleOf(parts: object): Rule {
  return Rule.parse({ ...base, ...parts });
}

const frontDoor = {
  on: 'door.opened',
  where: "device.placement == 'entrance'",
  during: { from: '22:00', to: '06:00' },
  for: '2m',
  unless: 'door.closed',
  clearedBy: 'door.closed',
};

/** What a rule with these parts must say, somewhere in its sentence. */
const told: readonly { what: string; parts: object; sv: string; en: string }[] = [
  {
    what: 'a window, a place, a wait and what ends it',
    parts: frontDoor,
    sv: 'Mellan 22:00 och 06:00: om ytterdörren öppnas och inte stängs inom 2 minuter, larma med hög allvarlighetsgrad. Det gäller också om det redan är så när tiden börjar. Det räknas som över när ytterdörren stängs, men larmet ligger kvar tills någon avslutar det. Varje utrustning har högst ett sådant larm åt gången.',
    en: 'Between 22:00 and 06:00: if the front door is opened and is not closed within 2 minutes, raise an alert of high severity. This also holds if it is already so when the time begins. It counts as over when the front door is closed, but the alert stays until somebody closes it. Each device has at most one such alert at a time.',
  },
  {
    what: 'a single fact',
    parts: { on: 'help.pressed', severity: 'emergency' },
    sv: 'Om någon trycker på larmknappen, larma akut. Larmet ligger kvar tills någon avslutar det.',
    en: 'If somebody presses the help button, raise an emergency. The alert stays until somebody closes it.',
  },
  {
    what: 'nights that begin on certain days',
    parts: { ...frontDoor, during: { from: '22:00', to: '06:00', days: ['fri', 'sat'] } },
    sv: 'Nätter som börjar fredag och lördag, mellan 22:00 och 06:00: om',
    en: 'On nights that begin on Friday and Saturday, between 22:00 and 06:00: if',
  },
  {
    what: 'that what began before its hours does not count',
    parts: {
      ...frontDoor,
      during: { from: '22:00', to: '06:00', begunBefore: 'ignored' },
    },
    sv: 'larma med hög allvarlighetsgrad. Är det redan så när tiden börjar larmar det inte. Det räknas',
    en: 'severity. If it is already so when the time begins, it does not alert. It counts',
  },
  {
    what: 'days in a row',
    parts: {
      ...frontDoor,
      during: { from: '08:00', to: '16:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    },
    sv: 'Måndag–fredag, mellan 08:00 och 16:00: om',
    en: 'On Monday–Friday, between 08:00 and 16:00: if',
  },
  {
    what: 'a wait that nothing ends',
    parts: { on: 'smoke.detected', for: '90s' },
    sv: 'Om rök upptäcks, larma med hög allvarlighetsgrad efter 1 minut 30 sekunder.',
    en: 'If smoke is detected, raise an alert of high severity after 1 minute 30 seconds.',
  },
  {
    what: 'a count',
    parts: { on: 'bed.left', count: { times: 3, within: '1h' }, cooldown: '2h', per: 'home' },
    sv: 'Om någon lämnar sängen minst 3 gånger inom 1 timme, larma med hög allvarlighetsgrad. Larmet ligger kvar tills någon avslutar det. Hemmet har högst ett sådant larm åt gången. Samma sak larmar inte igen förrän efter 2 timmar.',
    en: 'If somebody leaves the bed at least 3 times within 1 hour, raise an alert of high severity. The alert stays until somebody closes it. The home has at most one such alert at a time. The same thing does not alert again until after 2 hours.',
  },
  {
    what: 'a silence that pauses',
    parts: {
      absence: { of: ['motion.detected', 'door.closed'], for: '12h', pausedWhenEmpty: true },
      per: 'home',
    },
    sv: 'Om ingen rörelse märks och ingen dörr stängs på 12 timmar, larma med hög allvarlighetsgrad. Tid då hemmet är känt som tomt räknas inte. Det räknas som över när något hörs igen, men',
    en: 'If no motion is noticed and no door is closed for 12 hours, raise an alert of high severity. Time in which the home is known to be empty does not count. It counts as over when something is heard again, but',
  },
  {
    what: 'a silent device',
    parts: {
      absence: { of: 'any', for: 'supervision' },
      severity: 'technical',
      leavesWhenCleared: true,
    },
    sv: 'Om en utrustning är tyst längre än dess modell tillåter, ge ett tekniskt larm. Det räknas som över när något hörs igen, och då försvinner larmet av sig självt om ingen har tagit det.',
    en: 'If a device is silent for longer than its model allows, raise a technical alert. It counts as over when something is heard again, and then the alert leaves by itself if nobody has taken it.',
  },
  {
    what: 'what does not reassure',
    parts: {
      on: 'fall.detected',
      // oxlint-disable-next-line unicorn/no-thenable -- a word of the grammar.
      then: { no: ['motion.detected', 'bed.entered'], within: '60s', severity: 'emergency' },
    },
    sv: 'Om sedan ingen rörelse märks och ingen lägger sig inom 1 minut, höj till akut.',
    en: 'If after that no motion is noticed and nobody gets into bed within 1 minute, raise it to an emergency.',
  },
  {
    what: 'what it holds back',
    parts: { on: 'fall.detected', inhibits: ['bed-left-at-night', 'strolls'] },
    sv: 'Så länge larmet pågår hålls larm i samma hem tillbaka från ”Ur sängen” och ”strolls”.',
    en: 'While the alert is live, alerts in the same home are held back from “Ur sängen” and “strolls”.',
  },
  {
    what: 'whom it is for',
    parts: {
      on: 'bed.left',
      appliesTo: { flags: ['fall-risk'], placements: ['bed', 'hall'], profiles: ['bed-sensor'] },
    },
    sv: 'Gäller bara hem där någon har markeringen ”risk för fall”, utrustning på platsen säng eller hall och utrustning av modellen ”Sängsensor”.',
    en: 'Holds only for homes where somebody has the flag “risk of falling”, devices placed at bed or hall and devices of the model “Bed sensor”.',
  },
  {
    what: 'the one place that it is for, with what happens there',
    parts: { ...frontDoor, where: undefined, appliesTo: { placements: ['entrance'] } },
    sv: 'Mellan 22:00 och 06:00: om ytterdörren öppnas och inte stängs inom 2 minuter, larma med hög allvarlighetsgrad. Det gäller också om det redan är så när tiden börjar. Det räknas som över när ytterdörren stängs, men larmet ligger kvar tills någon avslutar det. Varje utrustning har högst ett sådant larm åt gången.',
    en: 'if the front door is opened and is not closed within 2 minutes, raise',
  },
  {
    what: 'a place that is asked for twice, twice',
    parts: {
      ...frontDoor,
      where: "device.placement == 'balcony'",
      appliesTo: { placements: ['entrance'] },
    },
    sv: 'Gäller bara utrustning på platsen ytterdörr.',
    en: 'Holds only for devices placed at front door.',
  },
  {
    what: 'a level that may be missing',
    parts: {
      on: 'sound.loud',
      where: '!has(event.data.levelDb) || event.data.levelDb >= 70.0',
    },
    sv: 'Om ett högt ljud hörs och ljudnivån är minst 70 dB (om uppgiften finns), larma',
    en: 'If a loud sound is heard and the sound level is at least 70 dB (if it is known), raise',
  },
  {
    what: 'a threshold that may be set',
    parts: {
      on: ['battery.low', 'battery.measured'],
      where: "event.type == 'battery.low' || event.data.percent <= parameter.percent",
      parameters: {
        percent: {
          value: 15,
          min: 5,
          max: 30.5,
          title: { sv: 'Lägsta nivå', en: 'lowest level' },
          unit: '%',
        },
      },
    },
    sv: 'Om utrustningen säger att batteriet är lågt eller batterinivån är högst 15 %, larma med hög allvarlighetsgrad. Larmet ligger kvar tills någon avslutar det. Varje utrustning har högst ett sådant larm åt gången. Ett hem kan få egna värden: lägsta nivå från 5 % till 30,5 %.',
    en: 'If the device says that its battery is low or the battery level is at most 15 %, raise an alert of high severity. The alert stays until somebody closes it. Each device has at most one such alert at a time. A home may have values of its own: lowest level from 5 % to 30.5 %.',
  },
  {
    what: 'a temperature in a place',
    parts: {
      on: 'temperature.measured',
      where: "event.data.celsius > 30.5 && device.placement == 'bedroom'",
    },
    sv: 'Om temperaturen är över 30,5 °C i sovrummet, larma',
    en: 'If the temperature is above 30.5 °C in the bedroom, raise',
  },
  {
    what: 'what it is sure of, and where it does not look',
    parts: {
      on: 'fall.detected',
      where: "event.data.confidence >= 0.8 && device.placement != 'bathroom'",
    },
    sv: 'Om någon faller (men inte i badrummet) och säkerheten är minst 0,8, larma',
    en: 'If somebody falls (but not in the bathroom) and the confidence is at least 0.8, raise',
  },
  {
    what: 'one measurement of several, so many times',
    parts: {
      on: 'link.measured',
      where:
        '(has(event.data.rssiDbm) && event.data.rssiDbm < -90.0) || (has(event.data.lqi) && event.data.lqi < 30.0)',
      count: { times: 4, within: '6h' },
    },
    sv: 'Om signalstyrkan är under −90 dBm eller länkkvaliteten är under 30, minst 4 gånger inom 6 timmar, larma',
    en: 'If the signal strength is below -90 dBm or the link quality is below 30, at least 4 times within 6 hours, raise',
  },
  {
    what: 'how often, of all that is asked',
    parts: {
      on: 'sound.loud',
      where: 'event.data.levelDb >= 70.0',
      count: { times: 3, within: '10m' },
    },
    sv: 'Om ett högt ljud hörs och ljudnivån är minst 70 dB, minst 3 gånger inom 10 minuter, larma',
    en: 'If a loud sound is heard and the sound level is at least 70 dB, at least 3 times within 10 minutes, raise',
  },
  {
    what: 'that none of many things happens, without denying each',
    parts: {
      absence: { of: ['motion.detected', 'presence.cleared', 'door.opened'], for: '6h' },
    },
    sv: 'Om inget av detta händer på 6 timmar (rörelse märks, närvaron upphör eller en dörr öppnas), larma',
    en: 'If none of this happens for 6 hours (motion is noticed, the presence ends or a door is opened), raise',
  },
  {
    what: 'a place that all of what is missing belongs to',
    parts: {
      absence: { of: ['motion.detected', 'presence.detected'], for: '10h' },
      appliesTo: { placements: ['bathroom'] },
    },
    sv: 'Om inget av detta händer i badrummet på 10 timmar (rörelse märks eller närvaro märks), larma',
    en: 'If none of this happens in the bathroom for 10 hours (motion is noticed or presence is noticed), raise',
  },
  {
    what: 'an expression that it has no words for, as it stands',
    parts: { on: 'door.opened', where: "device.id.startsWith('x') && home.timeZone != 'UTC'" },
    sv: "Om en dörr öppnas och uttrycket ”device.id.startsWith('x') && home.timeZone != 'UTC'” stämmer, larma",
    en: "If a door is opened and the expression “device.id.startsWith('x') && home.timeZone != 'UTC'” is true, raise",
  },
  {
    what: 'what to do on arrival',
    parts: { on: 'door.opened', action: { sv: 'Ring först', en: 'Call first.' } },
    sv: 'Att göra på plats: Ring först.',
    en: 'What to do on arrival: Call first.',
  },
  {
    what: 'bounds of a home’s own values',
    parts: { ...frontDoor, bounds: { for: { min: '1m', max: '90m' } } },
    sv: 'Ett hem kan få egna värden: väntan innan larm från 1 minut till 1 timme 30 minuter.',
    en: 'A home may have values of its own: the wait before an alert from 1 minute to 1 hour 30 minutes.',
  },
];

const titleOf = (id: string) => (id === 'bed-left-at-night' ? 'Ur sängen' : null);

describe('the sentence of a rule tells', () => {
  test.each(told)('$what', ({ parts, ...expected }) => {
    const rule = ruleOf(parts);
    expect(sentenceOf(rule, 'sv', titleOf)).toContain(expected.sv);
    expect(sentenceOf(rule, 'en', titleOf)).toContain(expected.en);
  });
});

test.each([
  [1_000, '1 sekund', '1 second'],
  [5_400_000, '1 timme 30 minuter', '1 hour 30 minutes'],
  [86_400_000 * 2 + 60_000, '2 dygn 1 minut', '2 days 1 minute'],
])('says %d ms as people do', (ms, sv, en) => {
  expect([durationWords(ms, 'sv'), durationWords(ms, 'en')]).toEqual([sv, en]);
});

const aType = fc.constantFrom(...eventTypes);
const types = fc.uniqueArray(aType, { minLength: 1, maxLength: 4 });
const aDuration = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('s', 'm', 'h', 'd'))
  .map(([count, unit]) => `${count}${unit}`)
  .filter((text) => Duration.safeParse(text).success);
const aWhere = fc.constantFrom(
  "device.placement == 'entrance'",
  "device.placement == 'kitchen' && event.data.percent <= parameter.level",
  'event.data.celsius > 3.0',
  'event.data.unheardOf > 3.0',
  'event.data.percent < parameter.missing',
  'true',
);
const aDuring = fc.record(
  {
    from: fc.constantFrom('22:00', '08:00'),
    to: fc.constantFrom('06:00', '16:30'),
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
  },
  { requiredKeys: ['from', 'to'] },
);
const latched = eventTypes.filter((type) => catalogue[type].latched);
const unlatched = eventTypes.filter((type) => !catalogue[type].latched);
const optional = { requiredKeys: [] };
const shared = fc.record(
  {
    where: aWhere,
    during: aDuring,
    per: fc.constantFrom('device', 'home', 'resident'),
    inhibits: fc.constant(['another-rule']),
    appliesTo: fc.constantFrom(
      { flags: ['may-wander', 'fall-risk'] },
      { placements: ['bed', 'worn'] },
      { profiles: ['door-contact', 'of-another-maker'] },
    ),
    parameters: fc.constant({ level: { value: 3, min: 1, max: 9 } }),
    action: fc.constant({ sv: 'Gå dit', en: 'Go there' }),
    severity: fc.constantFrom(...severities),
  },
  optional,
);
const calls = fc.record({
  on: fc.uniqueArray(fc.constantFrom(...latched), { minLength: 1, maxLength: 3 }),
});
const waits = fc.record(
  {
    on: fc.uniqueArray(fc.constantFrom(...unlatched), { minLength: 1, maxLength: 4 }),
    for: aDuration,
    unless: types,
    clearedBy: types,
    cooldown: aDuration,
  },
  { requiredKeys: ['on', 'for'] },
);
const conditions = fc.record({
  on: fc.uniqueArray(fc.constantFrom(...unlatched), { minLength: 1, maxLength: 4 }),
  clearedBy: types,
  leavesWhenCleared: fc.boolean(),
});
const counts = fc.record({
  on: types,
  count: fc.record({ times: fc.integer({ min: 2, max: 100 }), within: aDuration }),
});
const worsenings = fc.record({
  on: types,
  severity: fc.constantFrom('low', 'medium'),
  then: fc.record({ no: types, within: aDuration, severity: fc.constant('high') }),
});
const silences = fc.record({
  per: fc.constant('device'),
  leavesWhenCleared: fc.boolean(),
  absence: fc.record({
    of: fc.oneof(fc.constant('any'), types),
    for: fc.oneof(fc.constant('supervision'), aDuration),
    pausedWhenEmpty: fc.boolean(),
  }),
});
const anyRule = fc
  .tuple(shared, fc.oneof(calls, waits, conditions, counts, worsenings, silences))
  .map(([some, more]) => Rule.parse({ ...base, ...some, ...more }));

const rawTypes = eventTypes.filter((type: EventType) => type.includes('.'));

test('has words for whatever the grammar allows', () => {
  fc.assert(
    fc.property(anyRule, fc.constantFrom(...languages), (rule, language) => {
      const sentence = sentenceOf(rule, language);
      expect(sentence).not.toMatch(/undefined|NaN|null|\[object|Infinity/);
      expect(sentence).toMatch(/^[A-ZÅÄÖ].*\.$/);
      expect(sentence).not.toMatch(/ {2}|\.\.| ,|,,/);
      for (const type of rawTypes) expect(sentence).not.toContain(type);
    }),
    { numRuns: 1_000 },
  );
});
