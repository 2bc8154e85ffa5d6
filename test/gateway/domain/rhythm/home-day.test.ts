import { describe, expect, test } from 'vitest';

import { bandsOf, clock, dayOf, entry, home, outage, shown, told } from './given-home.ts';

const night = told(
  '-22:30 bed bed.entered',
  '06:30 bed bed.left',
  '22:45 bed bed.entered',
  '+06:40 bed bed.left',
);

describe('a day with a bed sensor', () => {
  test('has its rest, and the night that ended in it', () => {
    const day = dayOf(home(['bed']), night);
    expect(bandsOf(day)).toEqual(['rest 00:00-06:30', 'rest 22:45-24:00']);
    expect(day).toMatchObject({
      isComplete: true,
      wentToBedAt: clock('22:30', -1),
      roseAt: clock('06:30'),
      nightsUp: 0,
      upMinutes: 0,
      restMinutes: 390 + 75,
      awayMinutes: null,
      rooms: null,
      bathroom: null,
      activity: 2,
    });
  });

  test('tells how often they were up in the night, and for how long', () => {
    const ups = told(
      '-23:10 bed bed.left',
      '-23:20 bed bed.entered',
      '02:00 bed bed.left',
      '02:12 bed bed.entered',
      '05:50 bed bed.left',
      '06:05 bed bed.entered',
    );
    const day = dayOf(home(['bed']), [...night, ...ups]);
    // 10 minutes before midnight, 12 after it, and the 10 of the last that are before six.
    expect(day).toMatchObject({ nightsUp: 3, upMinutes: 32, roseAt: clock('06:30') });
    expect(bandsOf(day)).toEqual([
      'rest 00:00-02:00',
      'up 02:00-02:12',
      'rest 02:12-05:50',
      'up 05:50-06:00',
      'rest 06:05-06:30',
      'rest 22:45-24:00',
    ]);
  });

  test('takes less than two minutes out of bed for a turn, and less in it for no return', () => {
    const turn = told('01:00 bed bed.left', '01:01 bed bed.entered');
    expect(dayOf(home(['bed']), [...night, ...turn]).nightsUp).toBe(0);
    const sat = told(
      '03:00 bed bed.left',
      '03:10 bed bed.entered',
      '03:11 bed bed.left',
      '03:20 bed bed.entered',
    );
    expect(dayOf(home(['bed']), [...night, ...sat])).toMatchObject({ nightsUp: 1, upMinutes: 20 });
  });

  test('counts somebody who lay awake until two as gone to bed at two, and not as up', () => {
    const late = told('02:00 bed bed.entered', '09:00 bed bed.left');
    expect(dayOf(home(['bed']), late)).toMatchObject({
      wentToBedAt: clock('02:00'),
      roseAt: clock('09:00'),
      nightsUp: 0,
    });
  });

  test('keeps a nap out of the night', () => {
    const nap = told('13:00 bed bed.entered', '14:10 bed bed.left');
    const day = dayOf(home(['bed']), [...night, ...nap]);
    expect(day).toMatchObject({ roseAt: clock('06:30'), restMinutes: 390 + 70 + 75 });
  });

  test('knows no rising of who stays in bed, nor of who worked through the night', () => {
    const ill = told('-22:00 bed bed.entered', '+10:00 bed bed.left');
    expect(dayOf(home(['bed']), ill)).toMatchObject({ roseAt: null, restMinutes: 24 * 60 });
    const awake = told('-18:00 bed bed.left', '-19:00 bed bed.left', '14:00 bed bed.left');
    expect(dayOf(home(['bed']), awake)).toMatchObject({ nightsUp: null, restMinutes: 0 });
  });
});

describe('a day without a bed sensor', () => {
  const quiet = told(
    '-22:00 hall motion.detected',
    '-22:20 bathroom motion.detected',
    '-22:21 bathroom motion.cleared',
    '03:10 bathroom motion.detected',
    '03:16 bathroom motion.cleared',
    '07:05 kitchen motion.detected',
    '12:00 kitchen motion.detected',
    '+08:00 kitchen motion.detected',
  );
  const rooms = home(['hall', 'bathroom', 'kitchen', 'bedroom']);

  test('is estimated from the quiet of the night', () => {
    const day = dayOf(rooms, quiet);
    expect(bandsOf(day).slice(0, 3)).toEqual([
      '?rest 00:00-03:10',
      '?up 03:10-03:16',
      '?rest 03:16-07:05',
    ]);
    expect(day).toMatchObject({
      wentToBedAt: clock('22:21', -1),
      roseAt: clock('07:05'),
      nightsUp: 1,
    });
  });

  test('takes movement in the bedroom for turning in bed', () => {
    const turns = told('01:00 bedroom motion.detected', '04:40 bedroom motion.detected');
    expect(dayOf(rooms, [...quiet, ...turns]).nightsUp).toBe(1);
  });

  test('says nothing of rest where nothing could tell it, or nothing moved for too long', () => {
    expect(
      dayOf(home(['door']), told('-20:00 door door.opened', '08:00 door door.opened')),
    ).toMatchObject({
      restMinutes: null,
      nightsUp: null,
      awayMinutes: null,
    });
    const dead = told('-12:30 hall motion.detected', '18:00 hall motion.detected');
    expect(dayOf(home(['hall']), dead)).toMatchObject({ restMinutes: null, roseAt: null });
  });
});

describe('being away', () => {
  const trip = told(
    '09:50 hall motion.detected',
    '10:00 door door.opened',
    '10:00:20 door door.closed',
    '11:30 door door.opened',
    '11:31 hall motion.detected',
  );

  test('is estimated from the door, with nothing indoors between', () => {
    const day = dayOf(home(['door', 'hall']), trip);
    expect(bandsOf(day)).toContain('?away 10:00-11:30');
    expect(day.awayMinutes).toBe(90);
  });

  test('may begin at one door and end at another', () => {
    const other = trip.map((one) =>
      one.at === clock('11:30') ? { ...one, deviceId: 'back-door' } : one,
    );
    expect(dayOf(home(['door', 'back-door', 'hall']), other).awayMinutes).toBe(90);
  });

  test('is not what a door says that nobody was near, nor while something moves indoors', () => {
    const alone = told(
      '10:00 door door.opened',
      '11:00 door door.opened',
      '14:00 hall motion.detected',
    );
    expect(dayOf(home(['door', 'hall']), alone).awayMinutes).toBe(0);
    const inside = [...trip, ...told('10:40 hall motion.detected', '14:00 hall motion.detected')];
    expect(dayOf(home(['door', 'hall']), inside).awayMinutes).toBe(0);
  });

  test('is told by an alarm that is worn, whatever short movement there is at home', () => {
    const worn = told(
      '10:00 alarm area.left',
      '10:20 hall motion.detected',
      '12:00 alarm area.entered',
    );
    const day = dayOf(home(['alarm', 'hall']), worn);
    expect(bandsOf(day)).toContain('away 10:00-12:00');
    expect(day.awayMinutes).toBe(120);
  });

  test('says nothing of a home where somebody else lives too', () => {
    const two = home(['alarm', 'hall'], {
      residents: [
        { id: 'elsa', isCohabitant: false },
        { id: 'nils', isCohabitant: true },
      ],
    });
    expect(dayOf(two, told('10:00 alarm area.left', '12:00 alarm area.entered')).awayMinutes).toBe(
      0,
    );
  });

  test('goes on over days, from the door they left by', () => {
    const gone = [
      entry(clock('09:55', -3), 'hall', 'motion.detected'),
      entry(clock('10:00', -3), 'door', 'door.closed'),
    ];
    expect(bandsOf(dayOf(home(['door', 'hall']), gone))).toEqual(['?away 00:00-24:00']);
  });
});

describe('what contradicts itself', () => {
  test('believes the bed when something moves elsewhere for a while, and not for an hour', () => {
    const where = home(['bed', 'kitchen']);
    const visit = told('05:00 kitchen motion.detected', '05:20 kitchen motion.detected');
    expect(dayOf(where, [...night, ...visit])).toMatchObject({
      roseAt: clock('06:30'),
      nightsUp: 0,
    });
    const stuck = told(
      '-22:00 bed bed.entered',
      '07:00 kitchen motion.detected',
      '07:25 kitchen motion.detected',
      '07:50 kitchen motion.detected',
      '08:10 kitchen motion.detected',
    );
    const day = dayOf(where, stuck);
    expect(shown(day.roseAt)).toBe('07:00');
    expect(day.restMinutes).toBe(420);
  });

  test('lets whoever lives there too move as they like', () => {
    const two = home(['bed', 'kitchen'], {
      residents: [
        { id: 'elsa', isCohabitant: false },
        { id: 'nils', isCohabitant: true },
      ],
    });
    const cooking = told(
      '05:00 kitchen motion.detected',
      '05:25 kitchen motion.detected',
      '05:50 kitchen motion.detected',
      '06:10 kitchen motion.detected',
    );
    expect(dayOf(two, [...night, ...cooking]).roseAt).toBe(clock('06:30'));
  });

  test('believes the bed, and not the door, while somebody lies in it', () => {
    const carer = told(
      '23:00 door door.opened',
      '22:59 hall motion.detected',
      '+06:00 door door.opened',
    );
    const day = dayOf(home(['bed', 'door', 'hall']), [...night, ...carer]);
    expect(bandsOf(day)).toEqual(['rest 00:00-06:30', 'rest 22:45-24:00']);
  });
});

describe('what could not be heard', () => {
  test('covers everything else, and its night is not counted', () => {
    const day = dayOf(home(['bed']), [
      ...night,
      outage(clock('01:00'), clock('04:00'), clock('04:00')),
    ]);
    expect(bandsOf(day)).toEqual([
      'rest 00:00-01:00',
      'unheard 01:00-04:00',
      'rest 04:00-06:30',
      'rest 22:45-24:00',
    ]);
    expect(day).toMatchObject({ nightsUp: null, restMinutes: 390 - 180 + 75 });
  });

  test('shows however short it is', () => {
    const day = dayOf(home(['bed']), [
      ...night,
      outage(clock('01:00'), clock('01:01'), clock('01:01')),
    ]);
    expect(bandsOf(day).slice(0, 3)).toEqual([
      'rest 00:00-01:00',
      'unheard 01:00-01:01',
      'rest 01:01-06:30',
    ]);
  });

  test('was heard after all where devices had kept what happened', () => {
    const kept = told('02:00 bed bed.left', '02:30 bed bed.entered');
    const day = dayOf(home(['bed']), [
      ...night,
      ...kept,
      outage(clock('01:00'), clock('04:00'), clock('04:00')),
    ]);
    expect(bandsOf(day)).toContain('up 02:00-02:30');
    expect(bandsOf(day)).toContain('unheard 01:00-02:00');
    expect(bandsOf(day)).toContain('unheard 02:30-04:00');
  });

  test('ends with the next sign of life when nobody has seen its end', () => {
    const day = dayOf(home(['bed']), [...night, outage(clock('03:00'), null, clock('03:10'))]);
    expect(bandsOf(day)).toContain('unheard 03:00-06:30');
    expect(day.roseAt).toBeNull();
  });

  test('says nothing of a day on which no sensor said anything, and not that nobody rested or was away', () => {
    const before = told('12:30 hall motion.detected').map((one) => ({
      ...one,
      at: one.at - 3 * 86_400_000,
    }));
    const silent = dayOf(home(['bed', 'hall', 'bathroom', 'door']), before);
    expect(silent).toMatchObject({
      bands: [],
      nightsUp: null,
      restMinutes: null,
      awayMinutes: null,
      rooms: null,
      bathroom: null,
    });
  });

  test('says nothing of a day that was not heard at all', () => {
    const day = dayOf(home(['bed', 'bathroom', 'door']), [
      outage(clock('12:00', -2), null, clock('12:10', -2)),
    ]);
    expect(bandsOf(day)).toEqual(['unheard 00:00-24:00']);
    expect(day).toMatchObject({
      restMinutes: null,
      awayMinutes: null,
      rooms: null,
      bathroom: null,
    });
  });

  test('is also what was before the consent, and all is nothing without one', () => {
    const where = home(['bed']);
    const later = (from: number, until: number | null) => ({
      ...where,
      consents: where.consents.map((consent) =>
        consent.purpose === 'statistics' ? { ...consent, from, until } : consent,
      ),
    });
    expect(bandsOf(dayOf(later(clock('12:00'), null), night))).toEqual([
      'unheard 00:00-12:00',
      'rest 22:45-24:00',
    ]);
    const withdrawn = dayOf(later(0, clock('23:00')), night);
    expect(withdrawn).toMatchObject({ activity: 0, restMinutes: null, roseAt: null });
  });
});

describe('time for which the home was paused', () => {
  const sensors = ['bed', 'door', 'hall', 'bathroom', 'kitchen', 'living'] as const;
  const pause = (from: string, to: string) => ({ from: clock(from), to: clock(to) });
  const own = [
    ...night,
    ...told(
      '06:40 bathroom motion.detected',
      '06:50 bathroom motion.cleared',
      '08:50 hall motion.detected',
      '18:00 hall motion.detected',
    ),
  ];
  const visit = told(
    '10:00 door door.opened',
    '10:01 hall motion.detected',
    '10:05 bathroom motion.detected',
    '10:25 bathroom motion.cleared',
    '10:30 kitchen motion.detected',
    '10:35 bed bed.entered',
    '10:50 bed bed.left',
    '10:55 door door.opened',
    '12:30 living presence.detected',
    '13:30 living presence.cleared',
    '15:00 door door.opened',
  );

  test('is shown as that, and whoever moves meanwhile is nobody who lives there', () => {
    const where = home(sensors, { pauses: [pause('09:00', '17:00')] });
    const day = dayOf(where, [...own, ...visit]);
    expect(bandsOf(day)).toEqual(['rest 00:00-06:30', 'paused 09:00-17:00', 'rest 22:45-24:00']);
    expect(day).toEqual(dayOf(where, own));
    expect(day).toMatchObject({
      roseAt: clock('06:30'),
      restMinutes: 390 + 75,
      awayMinutes: 0,
      rooms: 2,
      bathroom: { visits: 1, minutes: 10 },
      activity: 5,
    });
    expect(dayOf(home(sensors), [...own, ...visit])).toMatchObject({ rooms: 4 });
  });

  test('tells nothing of a whole day, whoever tends the home', () => {
    const where = home(sensors, { pauses: [{ from: clock('09:00', -3), to: clock('09:00', 9) }] });
    const day = dayOf(where, visit);
    expect(bandsOf(day)).toEqual(['paused 00:00-24:00']);
    expect(day).toMatchObject({
      roseAt: null,
      wentToBedAt: null,
      nightsUp: null,
      upMinutes: null,
      restMinutes: null,
      awayMinutes: null,
      rooms: null,
      bathroom: null,
      activity: 0,
    });
  });

  test('tells nothing of the rest of a day on which only others were seen', () => {
    const where = home(sensors, { pauses: [pause('09:00', '17:00')] });
    const nothing = { restMinutes: null, awayMinutes: null, rooms: null, bathroom: null };
    expect(dayOf(where, visit)).toMatchObject({ ...nothing, activity: 0 });
    expect(dayOf(where, [])).toMatchObject(nothing);
  });

  test('covers what could not be heard, and is never shown ahead, nor from before the consent', () => {
    const pauses = [pause('02:00', '03:00'), pause('20:00', '23:00')];
    const where = home(['bed'], { pauses });
    const day = dayOf(where, [...night, outage(clock('01:00'), clock('04:00'), clock('04:00'))], {
      now: clock('21:00'),
    });
    expect(bandsOf(day)).toEqual([
      'rest 00:00-01:00',
      'unheard 01:00-02:00',
      'paused 02:00-03:00',
      'unheard 03:00-04:00',
      'rest 04:00-06:30',
      'paused 20:00-21:00',
    ]);
    const consents = where.consents.map((consent) => ({ ...consent, from: clock('21:00') }));
    expect(bandsOf(dayOf({ ...where, consents }, night))).toEqual([
      'unheard 00:00-21:00',
      'paused 21:00-23:00',
      'rest 23:00-24:00',
    ]);
  });

  test('ends no night, and begins none, but who lies in bed when it ends does so', () => {
    const left = home(['bed'], { pauses: [pause('04:00', '20:00')] });
    const day = dayOf(left, [
      ...told('-22:30 bed bed.entered', '06:30 bed bed.left'),
      ...told('19:00 bed bed.entered', '+06:40 bed bed.left'),
    ]);
    expect(bandsOf(day)).toEqual(['rest 00:00-04:00', 'paused 04:00-20:00', 'rest 20:00-24:00']);
    expect(day).toMatchObject({ roseAt: null, wentToBedAt: clock('22:30', -1), nightsUp: null });
    const next = dayOf(left, told('19:00 bed bed.entered', '+06:40 bed bed.left'), {
      of: '2026-11-19',
      now: clock('13:00', 2),
    });
    expect(next).toMatchObject({ roseAt: clock('06:40', 1), wentToBedAt: null, nightsUp: 0 });
  });

  test('parts a visit to the bathroom that goes on before and after it', () => {
    const where = home(['bathroom'], { pauses: [pause('10:00', '10:10')] });
    const day = dayOf(
      where,
      told(
        '09:50 bathroom motion.detected',
        '09:58 bathroom motion.cleared',
        '10:12 bathroom motion.detected',
        '10:14 bathroom motion.cleared',
      ),
    );
    expect(day).toMatchObject({ rooms: 1, bathroom: { visits: 2, minutes: 14 } });
    const longer = home(['bathroom'], { pauses: [pause('10:00', '10:40')] });
    const said = told('09:50 bathroom motion.detected', '10:05 bathroom motion.cleared');
    expect(dayOf(longer, said)).toMatchObject({ bathroom: { visits: 1, minutes: 10 } });
  });
});

describe('the rooms and the bathroom', () => {
  const where = home(['bathroom', 'kitchen', 'living', 'hall']);

  test('are counted by where something moved, and by visits', () => {
    const day = dayOf(
      where,
      told(
        '08:00 bathroom motion.detected',
        '08:07 bathroom motion.cleared',
        '08:20 bathroom motion.detected',
        '08:24 bathroom motion.cleared',
        '08:30 kitchen motion.detected',
        '08:40 bathroom motion.detected',
        '08:46 bathroom motion.cleared',
      ),
    );
    // Still for 13 minutes and then seen again, with nothing elsewhere: one visit of 24 minutes.
    expect(day).toMatchObject({
      rooms: 2,
      bathroom: { visits: 2, minutes: 30, longestMinutes: 24 },
    });
  });

  test('are unknown where no sensor is', () => {
    const cooking = told('12:00 kitchen motion.detected');
    expect(dayOf(home(['kitchen']), cooking).bathroom).toBeNull();
    expect(dayOf(home(['kitchen', 'bathroom']), cooking).bathroom).toEqual({
      visits: 0,
      minutes: 0,
      longestMinutes: 0,
    });
  });

  test('are watched only while their sensors are placed', () => {
    const moved = {
      ...where,
      placed: where.placed.map((device) =>
        device.id === 'kitchen' ? { ...device, until: clock('08:00') } : device,
      ),
    };
    const events = told('07:00 kitchen motion.detected', '09:00 kitchen motion.detected');
    expect(dayOf(moved, events)).toMatchObject({ rooms: 1, activity: 1 });
    const taken = { ...moved, placed: moved.placed.map((one) => ({ ...one, until: 0 })) };
    expect(dayOf(taken, events).rooms).toBeNull();
  });
});

test('a day that goes on is known until now', () => {
  const day = dayOf(home(['bed']), night, { now: clock('03:00') });
  expect(bandsOf(day)).toEqual(['rest 00:00-03:00']);
  expect(day).toMatchObject({ isComplete: false, roseAt: null, restMinutes: 180, nightsUp: 0 });
});

describe('the days on which clocks change', () => {
  const at =
    (of: string) =>
    (time: string, days = 0) =>
      clock(time, days, of);

  test('have as many hours as they have', () => {
    for (const [of, hours] of [
      ['2026-03-29', 23],
      ['2026-10-25', 25],
    ] as const) {
      const on = at(of);
      const bed = [
        entry(on('21:00', -1), 'bed', 'bed.entered'),
        entry(on('08:00', 1), 'bed', 'bed.left'),
      ];
      const day = dayOf(home(['bed']), bed, { of, now: on('13:00', 1) });
      expect(day.to - day.from).toBe(hours * 3_600_000);
      expect(day.restMinutes).toBe(hours * 60);
    }
  });

  test('have a night from eleven to six by the wall clock', () => {
    const on = at('2026-10-25');
    const bed = [
      entry(on('22:00', -1), 'bed', 'bed.entered'),
      entry(on('05:30'), 'bed', 'bed.left'),
      entry(on('06:20'), 'bed', 'bed.entered'),
      entry(on('07:00'), 'bed', 'bed.left'),
    ];
    const day = dayOf(home(['bed']), bed, { of: '2026-10-25', now: on('13:00', 1) });
    expect(day).toMatchObject({ nightsUp: 1, upMinutes: 30, restMinutes: 60 * 6 + 30 + 40 });
  });
});

test('a bed sensor that has told nothing yet is made up for no longer than until it does', () => {
  const evening = told(
    '22:50 hall motion.detected',
    '23:00 bed bed.entered',
    '+07:00 bed bed.left',
  );
  expect(bandsOf(dayOf(home(['bed', 'hall']), evening))).toEqual(['rest 23:00-24:00']);
});
