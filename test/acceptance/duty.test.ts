import { expect, test } from 'vitest';

import { DutyView, HandOverView } from '../../gateway/protocol/duty/duty.ts';
import { Coverage, RosterImported, RosterView } from '../../gateway/protocol/duty/roster.ts';
import { furnishing } from './furnish.ts';
import { openStory, wallClock } from './story.ts';

const town = furnishing({
  id: 'norr',
  units: [{ id: 'patrull', name: 'Nattpatrullen', homes: ['skogen', 'backen'] }],
  people: ['Amina carer patrull', 'Johan carer patrull', 'Karin coordinator', 'Teo technician'],
});

test('whoever has checked in is asked, until a check-out that was forgotten ends by itself', async () => {
  const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
  await story.checkIn('amina', 'patrull', 9);
  await story.passUntil('2026-11-22T06:58:30');
  await story.tells('skogen-call-button', 'help.pressed');
  await story.pass(150);
  const { id } = await story.alert('karin', 'help-pressed');
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina',
    '60 s escalated (unanswered) -> Amina',
    '120 s escalated (unanswered) -> Karin',
  ]);
  await story.does('karin', 'PUT', `/alerts/${id}/resolution`, { outcome: 'helped' });

  // Now nobody is at work, and no time is lost on those who are not.
  await story.tells('backen-call-button', 'help.pressed');
  await story.pass(60);
  const { id: second } = await story.alert('karin', 'help-pressed');
  expect(await story.timeline('karin', second)).toEqual([
    '0 s raised',
    '0 s escalated (nobody-reached)',
    '0 s escalated (nobody-reached) -> Karin',
    '60 s escalated (unanswered) -> Karin',
  ]);
});

test('two who share a phone are both asked, and either is checked out on it', async () => {
  const story = await openStory({ begins: '2026-11-21T22:00', furnish: town });
  await story.checkIn('amina', 'patrull', 9);
  const until = wallClock('2026-11-22T06:00');
  const johan = DutyView.parse(
    await story.does('amina', 'POST', '/duties', { unitId: 'patrull', until, personId: 'johan' }),
  );
  expect(johan).toMatchObject({
    person: { name: 'Johan' },
    checkedInBy: { name: 'Amina' },
    until,
  });
  await story.tells('skogen-call-button', 'help.pressed');
  const { id } = await story.alert('amina', 'help-pressed');
  await story.pass(30);
  await story.does('amina', 'PUT', `/duties/${johan.id}/end`, { handOver: [] });
  await story.pass(30);
  expect(await story.timeline('karin', id)).toEqual([
    '0 s raised -> Amina, Johan',
    '60 s escalated (unanswered) -> Amina',
  ]);
});

test('at the end of a shift each alert is a colleague’s, or everybody’s again', async () => {
  const story = await openStory({ begins: '2026-11-22T06:45', furnish: town });
  const amina = DutyView.parse(await story.checkIn('amina', 'patrull', 1));
  await story.checkIn('johan', 'patrull', 4);
  await story.tells('skogen-call-button', 'help.pressed');
  await story.tells('backen-call-button', 'help.pressed');
  await story.pass(20);
  const alerts = await story.alerts('amina');
  for (const { id } of alerts) await story.does('amina', 'PUT', `/alerts/${id}/acceptance`, {});
  await story.pass(280);

  const path = `/duties/${amina.id}`;
  const left = HandOverView.parse(await story.does('amina', 'GET', `${path}/hand-over`));
  expect(left.mine.map(({ home }) => home?.id ?? '').toSorted()).toEqual(['backen', 'skogen']);
  expect(left.receivers).toMatchObject([{ id: 'johan', name: 'Johan', unitName: 'Nattpatrullen' }]);

  const lines = async (id: string) =>
    (await story.timeline('karin', id)).filter((line) => !line.includes('by device'));
  const idOf = (home: string) => alerts.find((alert) => alert.home?.id === home)?.id ?? '';
  const handed = { alertId: idOf('skogen'), to: 'johan' };
  const givenBack = { alertId: idOf('backen'), to: null };
  const refused = await story.ask('amina', 'PUT', `${path}/end`, { handOver: [handed] });
  expect(refused.status).toBe(409);
  await story.does('amina', 'PUT', `${path}/end`, { handOver: [handed, givenBack] });
  await story.pass(60);

  const taken = ['0 s raised -> Amina, Johan', '20 s accepted by Amina'];
  expect(await lines(idOf('skogen'))).toEqual([
    ...taken,
    '300 s handed-over by Amina to Johan -> Johan',
  ]);
  expect(await lines(idOf('backen'))).toEqual([
    ...taken,
    '300 s returned (handed-back) by Amina -> Johan',
    '360 s escalated (unanswered) -> Johan',
  ]);
  const johans = await story.sees('johan');
  expect(johans.toSorted()).toEqual(['help-pressed accepted', 'help-pressed firing']);
});

const dayAndNight = furnishing({
  id: 'norr',
  units: [
    { id: 'dag', name: 'Dagen', duty: 'always', homes: ['skogen'] },
    { id: 'patrull', name: 'Nattpatrullen' },
  ],
  people: ['Karin coordinator', 'Amina carer patrull', 'Johan carer patrull'],
  plan: {
    lines: [{ unitId: 'patrull', hours: { from: '21:00', to: '07:00' } }],
    exceptions: [],
  },
});

/** Saturday nights as a calendar of another system has them: ten hours, in universal time. */
const calendar = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:Natt',
  'ATTENDEE:mailto:johan@vaka.example',
  'DTSTART:20261010T190000Z',
  'DTEND:20261011T050000Z',
  'RRULE:FREQ=WEEKLY;COUNT=3',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');
const table = 'namn;veckodagar;från;till\r\nAmina;sön-fre;21:00;07:00';

test('rosters of two files leave the last hour of the long October night uncovered', async () => {
  const story = await openStory({ begins: '2026-10-05T08:00', furnish: dayAndNight });
  const path = '/units/patrull/roster';
  const read = async (format: string, text: string) => {
    const answer = await story.does('karin', 'POST', `${path}/import`, { format, text });
    const { roster, findings } = RosterImported.parse(answer);
    return { ...roster, findings: findings.map(({ text: said }) => said.en) };
  };
  const { weekly, ...csv } = await read('csv', table);
  const { single, ...ical } = await read('icalendar', calendar);
  expect(csv.findings).toEqual([]);
  expect(ical.findings).toEqual([
    'Line 2: the calendar gives the shift a fixed length or a time in UTC, so when the clocks change it is 2026-10-24 21:00–06:00.',
  ]);
  const { version } = RosterView.parse(await story.does('karin', 'GET', path));
  const document = { weekly, single, changes: [] };
  await story.does('karin', 'PUT', path, { version, document, reason: 'Hösten.' });

  const coverage = Coverage.parse(await story.does('karin', 'GET', '/coverage?weeks=3'));
  const shown = coverage.gaps.map(({ unitName, from, to, minutes, isClockChange }) => ({
    unitName,
    from: localOf(from),
    to: localOf(to),
    minutes,
    isClockChange,
  }));
  expect(shown).toEqual([
    {
      unitName: 'Nattpatrullen',
      from: '2026-10-25T06:00+01:00',
      to: '2026-10-25T07:00+01:00',
      minutes: 60,
      isClockChange: true,
    },
  ]);
});

function localOf(at: number): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Stockholm');
  return local.toString({ timeZoneName: 'never', smallestUnit: 'minute' });
}
