import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

import { RosterImported } from '../../../gateway/protocol/duty/roster.ts';
import { readRosterFile } from '../../../gateway/services/roster-import.ts';
import { createPersonFinder } from '../../../gateway/services/roster-person.ts';
import { at, stockholm } from '../domain/roster/given.ts';

const people = [
  { id: 'astrid', name: 'Astrid Ek', email: 'astrid@vaka.example' },
  { id: 'bengt', name: 'Bengt Åberg', email: 'bengt@vaka.example' },
  { id: 'eva-1', name: 'Eva Larsson', email: 'eva.1@vaka.example' },
  { id: 'eva-2', name: 'Eva Larsson', email: 'eva.2@vaka.example' },
];

async function read(format: 'csv' | 'icalendar', text: string) {
  let id = 0;
  const newId = () => `s${(id += 1)}`;
  const now = at('2026-10-05T08:00+02:00');
  const answer = await readRosterFile(
    { format, text },
    { people: createPersonFinder(people), timeZone: stockholm, at: now, newId },
  );
  return RosterImported.parse(answer);
}

async function csv(...lines: string[]) {
  const { roster, findings } = await read('csv', lines.join('\r\n'));
  const { weekly, single } = roster;
  const shifts = [
    ...weekly.map(({ personId, hours, first, everyWeeks }) => {
      const days = hours.days?.join(' ') ?? 'every day';
      return `${personId} ${days} ${hours.from}–${hours.to} from ${first} every ${everyWeeks}`;
    }),
    ...single.map((one) => ('from' in one ? `${one.personId} ${one.from}–${one.to}` : 'exact')),
  ];
  return { shifts, findings: findings.map(({ text }) => text.en) };
}

describe('a table of shifts', () => {
  test('is read with Swedish headings and semicolons, as a spreadsheet saves it', async () => {
    const lines = [
      '\uFEFFsep=;',
      'Namn;Datum;Från;Till;',
      'Astrid Ek;2026-10-24;21:00;07:00;',
      '"Åberg, Bengt";24.10.2026;7.00;16.30;',
      'ASTRID@vaka.example;46320;0,875;24:00;',
      ';;;;',
    ];
    expect(await csv(...lines)).toEqual({
      shifts: [
        'astrid 2026-10-24T21:00–2026-10-25T07:00',
        'bengt 2026-10-24T07:00–2026-10-24T16:30',
        'astrid 2026-10-25T21:00–2026-10-26T00:00',
      ],
      findings: [],
    });
  });

  test('is read with dates as other spreadsheets write them, and its lines counted as one sees them', async () => {
    const lines = [
      'sep=,',
      'who,date,from,to',
      'Astrid Ek,24/10/2026,7,16',
      'Astrid Ek,10/25/2026,7,16',
    ];
    expect(
      await csv(...lines, '"Astrid', 'Berg",2026-10-26,7,16', 'Astrid Ek,2026-10-27,7,99'),
    ).toEqual({
      shifts: [
        'astrid 2026-10-24T07:00–2026-10-24T16:00',
        'astrid 2026-10-25T07:00–2026-10-25T16:00',
      ],
      findings: [
        expect.stringMatching(/^Line 5: Nobody/),
        'Line 7: “99” is no time of day: write it as 21:00.',
      ],
    });
  });

  test('is read with English headings and commas, for shifts that come back', async () => {
    const lines = [
      'e-mail,weekdays,from,to,every weeks,first',
      'bengt@vaka.example,mon-fri,9 PM,7:00 am,2,2026-11-02',
      'astrid@vaka.example,"Sat, Sun",0700,2100,,',
      'astrid@vaka.example,every day,12:00:00,13:00:00,1,',
    ];
    expect(await csv(...lines)).toEqual({
      shifts: [
        'bengt mon tue wed thu fri 21:00–07:00 from 2026-11-02 every 2',
        'astrid sat sun 07:00–21:00 from 2026-10-05 every 1',
        'astrid every day 12:00–13:00 from 2026-10-05 every 1',
      ],
      findings: [],
    });
  });

  test('is read where the encoding has lost the letters of Swedish', async () => {
    const lines = ['Namn;Veckodag;Fr\uFFFDn;Till', 'Astrid Ek;l\uFFFDr och s\uFFFDn;21;7'];
    expect((await csv(...lines)).shifts).toEqual([
      'astrid sat sun 21:00–07:00 from 2026-10-05 every 1',
    ]);
  });

  test('says of each line that cannot be read where it is and what to write instead', async () => {
    const lines = [
      'person;datum;veckodagar;från;till;veckor',
      'Astrid Ek;2026-02-30;;21:00;07:00;',
      'Astrid Ek;03/04/2026;;21:00;07:00;',
      'Astrid Ek;;vissa dagar;21:00;07:00;',
      'Astrid Ek;;mån;25:00;07:00;',
      'Astrid Ek;;mån;21:00;sent;',
      'Astrid Ek;;mån;07:00;07:00;',
      'Astrid Ek;;mån;21:00;07:00;13',
      'Cilla Okänd;;mån;21:00;07:00;',
      'Eva Larsson;;mån;21:00;07:00;',
      ';;mån;21:00;07:00;',
      'Bengt Åberg;;tis;21:00;07:00;',
    ];
    const { shifts, findings } = await csv(...lines);
    expect(shifts).toEqual(['bengt tue 21:00–07:00 from 2026-10-05 every 1']);
    expect(findings).toEqual([
      'Line 2: “2026-02-30” is no date that can be read in one way only: write it as 2026-10-24.',
      'Line 3: “03/04/2026” is no date that can be read in one way only: write it as 2026-10-24.',
      'Line 4: “vissa dagar” is neither a date nor a weekday: write it as 2026-10-24 or mon-fri.',
      'Line 5: “25:00” is no time of day: write it as 21:00.',
      'Line 6: “sent” is no time of day: write it as 21:00.',
      'Line 7: The shift begins and ends at the same time: write a whole day and night as two lines.',
      'Line 8: The number of weeks is from 1 to 12: 2 is every other week.',
      'Line 9: Nobody in the municipality is called “Cilla Okänd” or has that address: write the e-mail address of the account.',
      'Line 10: Several people are called “Eva Larsson”: write the e-mail address instead.',
      'Line 11: It does not say who is to work: write an e-mail address or a name.',
    ]);
  });

  test('says of a year that nobody plans for that it is no date', async () => {
    for (const date of ['31.12.9999', '0001-01-01']) {
      const { findings } = await csv('person,date,from,to', `Astrid Ek,${date},21:00,07:00`);
      expect(findings).toEqual([expect.stringContaining(`“${date}” is no date`)]);
    }
  });

  test('needs headings, and quotation marks that close', async () => {
    expect((await csv('Astrid Ek;2026-10-24;21:00;07:00')).findings[0]).toContain(
      'Line 1: write headings',
    );
    expect((await csv('')).findings).toEqual(['The file is empty.']);
    expect((await csv('person,date,from,to', '"Astrid')).findings[0]).toMatch(
      /^Line \d: a quotation mark/,
    );
  });

  test('is read as far as a roster holds, and says where it was left', async () => {
    const line = 'astrid@vaka.example,2026-10-24,21:00,07:00';
    const { shifts, findings } = await csv(
      'person,date,from,to',
      ...Array.from({ length: 6_001 }, () => line),
    );
    expect(shifts).toHaveLength(5_000);
    expect(findings).toEqual([
      'Line 6002: from here on the file was not read. Import fewer shifts at a time.',
      '1000 shifts do not fit: import fewer at a time.',
    ]);
  });

  test('lets others go before it while it is read, whatever stands in it', async () => {
    const header = 'person;datum;från;till\n';
    const line = 'astrid@vaka.example;2026-10-24;21:00;07:00\n';
    const files = [line.repeat(6_000), '"a;b\n'.repeat(100_000), ';'.repeat(500_000)];
    for (const file of files) {
      let turns = 0;
      const other = setInterval(() => (turns += 1), 1);
      await read('csv', header + file);
      clearInterval(other);
      expect(turns).toBeGreaterThan(0);
    }
  });

  test('tells the first two hundred mistakes, and how many more there are', async () => {
    const { findings } = await csv(
      'person,date,from,to',
      ...Array.from({ length: 300 }, () => 'x,y,z,å'),
    );
    expect(findings).toHaveLength(201);
    expect(findings.at(-1)).toBe('And 100 more lines with mistakes.');
  });
});

async function calendar(...events: string[][]) {
  const text = [
    'BEGIN:VCALENDAR',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ];
  const { roster, findings } = await read('icalendar', text.join('\r\n'));
  const short = (instant: number) => new Date(instant).toISOString().slice(5, 16);
  return {
    shifts: roster.single.map((one) =>
      'from' in one
        ? `${one.personId} ${one.from}–${one.to}`
        : `${one.personId} ${short(one.fromAt)}Z–${short(one.toAt)}Z`,
    ),
    findings: findings.map(({ severity, text: said }) => `${severity} ${said.en}`),
  };
}

/** What this thread has worked, however busy the machine is. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

const zoned = (name: string, time: string) => `${name};TZID=Europe/Stockholm:${time}`;

describe('a calendar file', () => {
  test('gives shifts by the wall clock, of a zone or of none, and exact ones of UTC and of a length', async () => {
    const { shifts, findings } = await calendar(
      [
        'UID:1',
        'SUMMARY:Natt – Astrid Ek',
        zoned('DTSTART', '20261024T210000'),
        zoned('DTEND', '20261025T070000'),
      ],
      [
        'UID:2',
        'SUMMARY:Natt',
        'ATTENDEE;CN="Ek; A":mailto:',
        ' astrid@vaka.example',
        'ATTENDEE:mailto:Bengt@vaka.example',
        'DTSTART:20261024T210000',
        'DTEND:20261025T070000',
      ],
      ['UID:3', 'SUMMARY:Bengt Åberg', 'DTSTART:20261024T190000Z', 'DTEND:20261025T050000Z'],
      ['UID:4', 'SUMMARY:Bengt Åberg', zoned('DTSTART', '20261024T210000'), 'DURATION:PT10H'],
      [
        'UID:5',
        'SUMMARY:Bengt Åberg',
        'DTSTART;TZID=Europe/Helsinki:20261024T220000',
        'DTEND;TZID=Europe/Helsinki:20261025T080000',
      ],
    );
    expect(findings).toEqual([]);
    expect(shifts).toEqual([
      'astrid 2026-10-24T21:00–2026-10-25T07:00',
      'astrid 2026-10-24T21:00–2026-10-25T07:00',
      'bengt 2026-10-24T21:00–2026-10-25T07:00',
      'bengt 10-24T19:00Z–10-25T05:00Z',
      'bengt 10-24T19:00Z–10-25T05:00Z',
      'bengt 2026-10-24T21:00–2026-10-25T07:00',
    ]);
  });

  test('writes out what comes back, without what is excepted and with what was moved or cancelled', async () => {
    const { shifts, findings } = await calendar(
      [
        'UID:1',
        'SUMMARY:Astrid Ek',
        zoned('DTSTART', '20261005T210000'),
        'DURATION:PT8H',
        'RRULE:FREQ=DAILY;COUNT=6',
        zoned('EXDATE', '20261006T210000'),
      ],
      [
        'UID:1',
        'SUMMARY:Astrid Ek',
        zoned('RECURRENCE-ID', '20261007T210000'),
        zoned('DTSTART', '20261007T220000'),
        'DURATION:PT2H',
      ],
      [
        'UID:1',
        'SUMMARY:Astrid Ek',
        zoned('RECURRENCE-ID', '20261008T210000'),
        zoned('DTSTART', '20261008T210000'),
        'DURATION:PT2H',
        'STATUS:CANCELLED',
      ],
    );
    expect(findings).toEqual([]);
    expect(shifts).toEqual([
      'astrid 10-05T19:00Z–10-06T03:00Z',
      'astrid 10-07T20:00Z–10-07T22:00Z',
      'astrid 10-09T19:00Z–10-10T03:00Z',
      'astrid 10-10T19:00Z–10-11T03:00Z',
    ]);
  });

  test('says when the clocks move what is exact, by an hour at the end or at both', async () => {
    const daily = ['DURATION:PT10H', 'RRULE:FREQ=DAILY;UNTIL=20261031T230000Z'];
    const exact = ['UID:1', 'SUMMARY:Astrid Ek', zoned('DTSTART', '20261020T210000'), ...daily];
    const universal = ['UID:2', 'SUMMARY:Astrid Ek', 'DTSTART:20261020T190000Z', ...daily];
    expect(await calendar(exact)).toMatchObject({
      shifts: expect.arrayContaining(['astrid 10-24T19:00Z–10-25T05:00Z']),
      findings: [expect.stringContaining('when the clocks change it is 2026-10-24 21:00–06:00')],
    });
    expect(await calendar(universal)).toMatchObject({
      shifts: expect.arrayContaining(['astrid 10-25T19:00Z–10-26T05:00Z']),
      findings: [expect.stringMatching(/^warning Line 2: .* 2026-10-24 21:00–06:00/)],
    });
  });

  test('says of each event that cannot be read where it is and what to do', async () => {
    const fine = ['SUMMARY:Astrid Ek', 'DTSTART:20261024T210000', 'DTEND:20261025T070000'];
    const { shifts, findings } = await calendar(
      ['UID:1', 'SUMMARY:Astrid Ek', 'DTSTART;VALUE=DATE:20261024'],
      ['UID:2', 'SUMMARY:Astrid Ek', 'DTSTART;TZID=Nowhere/Else:20261024T210000', 'DURATION:PT1H'],
      ['UID:3', 'SUMMARY:Astrid Ek', 'DTSTART:20261024T210000'],
      ['UID:4', 'SUMMARY:Astrid Ek', 'DTSTART:20261024T210000', 'DURATION:P1M'],
      ['UID:5', ...fine, 'RRULE:FREQ=SECONDLY'],
      ['UID:6', ...fine, 'RRULE:FREQ=DAILY;BYSECOND=1,2'],
      ['UID:7', ...fine, 'RRULE:INTERVAL=2'],
      ['UID:8', ...fine, 'RDATE:20261025T210000'],
      ['UID:9', 'SUMMARY:Möte', ...fine.slice(1)],
      ['UID:10', 'SUMMARY:Astrid Ek'],
      ['UID:11', ...fine, 'DTSTART:20261024T210000'],
      ['UID:12', 'SUMMARY:Astrid Ek', 'DTSTART:20261399T210000', 'DURATION:PT1H'],
    );
    expect(shifts).toEqual([]);
    expect(findings.map((text) => Number(/^error Line (\d+):/u.exec(text)?.[1]))).toEqual([
      5, 10, 13, 22, 29, 36, 43, 50, 52, 58, 62, 72,
    ]);
    expect(findings[0]).toBe(
      'error Line 5: the event is for the whole day: give the shift a beginning and an end.',
    );
    expect(findings[4]).toContain('let the shift come back every day, week or month');
    expect(findings[8]).toContain('Nobody in the municipality is called “Möte”');
    expect((await read('icalendar', 'hej')).findings[0]?.text.en).toContain('no events');
  });

  test('is read in bounded time, whatever it asks for', async () => {
    const start = ['SUMMARY:Astrid Ek', 'DTSTART:19260101T210000', 'DURATION:PT1H'];
    const events = Array.from({ length: 600 }, (_, index) => [
      `UID:${index}`,
      ...start,
      'RRULE:FREQ=DAILY;COUNT=9999;BYDAY=MO,TU,WE,TH,FR,SA,SU',
    ]);
    const started = cpuMs();
    const { findings } = await calendar(...events);
    expect(findings[0]).toContain('the rest was not read');
    expect(cpuMs() - started).toBeLessThan(5_000);
    const long = cpuMs();
    await read(
      'icalendar',
      `BEGIN:VEVENT\r\nDTSTART${';A=b'.repeat(50_000)}\r\nX;Y=${'z'.repeat(400_000)}`,
    );
    expect(cpuMs() - long).toBeLessThan(1_000);
  });
});

test('says nothing of the file on the console: it is somebody’s calendar', async () => {
  const said = (['log', 'warn', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => {}),
  );
  const { findings } = await calendar([
    'UID:Hemligt',
    'SUMMARY:Astrid Ek',
    zoned('DTSTART', '20261005T210000'),
    'DURATION:PT8H',
    'RRULE:FREQ=DAILY;COUNT=6',
    'EXDATE;VALUE=DATE:Hemligt',
  ]);
  const calls = said.flatMap(({ mock }) => mock.calls);
  for (const spy of said) spy.mockRestore();
  expect(calls).toEqual([]);
  expect(findings).toEqual(['error Line 8: the time cannot be read.']);
});

describe('any text', () => {
  const times = ['20261024T210000', '20261025T070000Z', '20270228', '99999999T999999', 'x'];
  const anyLine = fc.oneof(
    fc.constantFrom('BEGIN:VEVENT', 'END:VEVENT', 'BEGIN:VTIMEZONE', 'TZID:X', 'END:VTIMEZONE'),
    fc.constantFrom('UID:__proto__', 'UID:a', 'SUMMARY:Astrid Ek', 'BEGIN:VALARM', 'END:VALARM'),
    fc
      .tuple(
        fc.constantFrom(
          'DTSTART',
          'DTEND',
          'EXDATE',
          'RECURRENCE-ID',
          'DURATION',
          'RRULE',
          'SEQUENCE',
        ),
        fc.constantFrom('', ';TZID=X', ';TZID=Europe/Stockholm', ';VALUE=DATE', ';TZID="(UTC)"'),
        fc.oneof(
          fc.constantFrom(...times, 'PT10H', 'P1W', '-PT1H', 'P'),
          fc.constantFrom('FREQ=DAILY', 'FREQ=MONTHLY;BYDAY=5MO', 'FREQ=WEEKLY;COUNT=0', 'FREQ='),
          fc.constantFrom(
            'FREQ=MONTHLY;BYMONTHDAY=99',
            'FREQ=DAILY;UNTIL=20269999',
            'FREQ=DAILY;BYDAY=9MO',
          ),
          fc.string(),
        ),
      )
      .map(([name, parameters, value]) => `${name}${parameters}:${value}`),
    fc.string(),
  );
  const cells = fc.oneof(
    fc.constantFrom('Astrid Ek', 'mån-fre', '21:00', '07.00', '2026-10-24', '99999', '24:00', ''),
    fc.constantFrom('0,99999', '1926-02-29', '"', '13', '-', '1/1/1', '31.12.9999'),
    fc.string(),
  );

  test('is read as a calendar, or refused with words', async () => {
    const event = fc
      .array(anyLine, { maxLength: 8 })
      .map((lines) => ['BEGIN:VEVENT', 'SUMMARY:Astrid Ek', ...lines, 'END:VEVENT']);
    const file = fc.array(event, { maxLength: 3 }).map((lines) => lines.flat().join('\n'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(file, fc.string()), async (text) => {
        const { roster, findings } = await read('icalendar', text);
        expect(findings.length + roster.single.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is read as a table, or refused with words', async () => {
    const header = 'person;datum;veckodagar;från;till;veckor;första dag;sista dag';
    const line = fc.array(cells, { maxLength: 9 }).map((row) => row.join(';'));
    const file = fc.array(line, { maxLength: 5 }).map((lines) => [header, ...lines].join('\r\n'));
    await fc.assert(
      fc.asyncProperty(fc.oneof(file, fc.string()), async (text) => {
        const { roster, findings } = await read('csv', text);
        expect(findings.length + roster.single.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1_000 },
    );
  });
});
