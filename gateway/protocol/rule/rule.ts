import { z } from 'zod';

import { Severity, severities } from '../alert.ts';
import { catalogue, type EventType, eventTypes } from '../catalogue.ts';
import { placements } from '../placement.ts';
import { ResidentFlag } from '../resident-flag.ts';
import { Duration } from './duration.ts';
import { During } from './during.ts';
import { Bounds, Parameter } from './parameter.ts';
import { boundsOf, fixedKeys, valueOf } from './setting.ts';

/** A type of event, by its name in the catalogue. */
export const Type = z.enum(eventTypes as [EventType, ...EventType[]]).meta({
  enumDescriptions: eventTypes.map((type) => catalogue[type].title.en),
});
/** One type of event, or several of which any will do. */
export const Types = z.union([Type.transform((type) => [type]), z.array(Type).nonempty()]);

/** Any event of a device shows that it lives. */
const AnyType = z.literal('any');

/** What the gateway itself tells technicians of, without a rule. */
export const noticeIds = ['rule-not-judged', 'device-clock-wrong', 'unknown-event'] as const;
export type NoticeId = (typeof noticeIds)[number];

export const RuleId = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Write small letters, digits and hyphens.')
  .refine((id) => !noticeIds.some((taken) => taken === id), {
    message: 'The gateway calls one of its own notices that: choose another id.',
  });

const AppliesTo = z
  .strictObject({
    profiles: z
      .array(z.string().min(1).max(64))
      .nonempty()
      .optional()
      .meta({ description: 'Devices of one of these kinds.', examples: [['door-contact']] }),
    placements: z
      .array(
        z
          .enum(Object.keys(placements) as [string, ...string[]])
          .meta({ enumDescriptions: Object.values(placements).map(({ en }) => en) }),
      )
      .nonempty()
      .optional()
      .meta({ description: 'Devices in one of these places.' }),
    flags: z
      .array(ResidentFlag)
      .nonempty()
      .optional()
      .meta({ description: 'Homes where somebody has one of these assessed needs.' }),
  })
  .refine((given) => Object.values(given).some((one) => one !== undefined), {
    message: 'Say `profiles`, `placements` or `flags`, or leave `appliesTo` out.',
  });
export type AppliesTo = z.infer<typeof AppliesTo>;

const Count = z.strictObject({
  times: z.number().int().min(2).max(100).meta({ description: 'How often.' }),
  within: Duration.meta({ description: 'In how long a time.' }),
});

const Absence = z.strictObject({
  of: z
    .union([AnyType, Types])
    .meta({ description: 'What is expected; `any` is whatever shows that the device lives.' }),
  for: z.union([z.literal('supervision'), Duration]).meta({
    description: 'How long silence is allowed; `supervision` is what the device’s profile allows.',
  }),
  pausedWhenEmpty: z.boolean().default(false).meta({
    description: 'The time in which the home is known to be empty (`area.left`) does not count.',
  }),
});

const Then = z.strictObject({
  no: Types.meta({ description: 'What would reassure, from anywhere in the home.' }),
  within: Duration.meta({ description: 'How long it is waited for.' }),
  severity: Severity.default('emergency').meta({
    description: 'What the alert becomes if it does not come.',
  }),
});

/** What stands on every screen and in every record of an alert: short, and nothing that breaks or turns a line. */
const TitleText = z
  .string()
  .min(1)
  .max(120)
  .regex(/\S/, 'Write a few words.')
  .regex(
    /^[ -~\u00a0-\u2027\u202f-\u2065\u206a-\uffff]*$/,
    'Write it on one line, without hidden signs.',
  );
const Title = z.object({ sv: TitleText, en: TitleText });
const ActionText = z.string().min(1).max(2_000);
const Action = z.object({ sv: ActionText, en: ActionText });

const fields = z.strictObject({
  id: RuleId.meta({
    description: 'Its name for ever: small letters, digits and hyphens.',
    examples: ['front-door-at-night'],
  }),
  title: Title.meta({ description: 'What the alert is called.' }),
  action: Action.optional().meta({ description: 'What to do on arrival.' }),
  severity: Severity.meta({
    description: 'How urgent; `technical` alerts go to the technicians’ queue.',
  }),
  on: Types.optional().meta({ description: 'What it begins with: a type of event, or several.' }),
  where: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .meta({
      description:
        'A CEL expression over `event`, `device`, `home`, `resident` and `parameter`, that must be true.',
      examples: ['event.data.percent <= parameter.percent'],
    }),
  during: During.optional().meta({
    description: 'Hours of the home’s own wall clock; the end does not belong to them.',
  }),
  for: Duration.optional().meta({ description: 'Raise only if it lasts this long.' }),
  unless: Types.optional().meta({
    description: 'What ends the wait; what clears the condition ends it too.',
  }),
  clearedBy: Types.optional().meta({
    description: 'What ends the condition. Without it only a person ends the alert.',
  }),
  leavesWhenCleared: z.boolean().default(false).meta({
    description: 'The alert leaves by itself when cleared, if nobody has accepted it.',
  }),
  per: z.enum(['device', 'home', 'resident']).optional().meta({
    description:
      'One live alert for each of these. Left out: each device, and the home as a whole for a silence of certain events.',
  }),
  count: Count.optional().meta({ description: 'Raise only when it has happened so often.' }),
  absence: Absence.optional().meta({
    description: 'Instead of `on`: raise when none of these has been heard for so long.',
  }),
  then: Then.optional().meta({
    description: 'Raises the severity if what would have reassured us does not come.',
  }),
  inhibits: z.array(RuleId).nonempty().optional().meta({
    description:
      'Rules whose alerts in the same home are held back while this one’s alert is live.',
  }),
  cooldown: Duration.optional().meta({
    description: 'How long the same need is not called for again.',
  }),
  appliesTo: AppliesTo.optional().meta({ description: 'Which devices and homes it is about.' }),
  parameters: z
    .record(z.string().regex(/^[a-z][a-zA-Z0-9]*$/, 'Write a name such as percent.'), Parameter)
    .optional()
    .meta({ description: 'Numbers that `where` uses as `parameter.<name>`.' }),
  bounds: Bounds.optional().meta({
    description: 'Within what a home may set its own values, such as `for: { min: 1m, max: 1h }`.',
  }),
});
type Fields = z.infer<typeof fields>;

function isWorse(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b);
}

function isOnLatched({ on = [] }: Fields): boolean {
  return on.some((type) => catalogue[type].latched);
}

/** What a rule speaks of where it does not say: what one sensor has not heard, another of the home may have. */
function perOf({ per, absence }: Fields): NonNullable<Fields['per']> {
  return per ?? (absence === undefined || absence.of === 'any' ? 'device' : 'home');
}

/** What a rule may not say although each of its parts is right: where, and how to mend it. */
const contradictions: readonly {
  path: readonly string[];
  is: (rule: Fields) => boolean;
  message: string;
}[] = [
  {
    path: [],
    is: ({ on, absence }) => (on === undefined) === (absence === undefined),
    message: 'Give either `on` or `absence`.',
  },
  {
    path: ['unless'],
    is: (rule) => rule.unless !== undefined && rule.for === undefined,
    message: '`unless` ends a wait: give `for` too.',
  },
  {
    path: ['absence'],
    is: (rule) =>
      rule.absence !== undefined &&
      [rule.for, rule.count, rule.then, rule.clearedBy, rule.cooldown].some(
        (one) => one !== undefined,
      ),
    message:
      'A silence has its own `for`, ends when something is heard and is raised again at most every 12 hours: leave out `for`, `count`, `then`, `clearedBy` and `cooldown`.',
  },
  {
    path: ['absence', 'for'],
    is: (rule) => rule.absence?.for === 'supervision' && perOf(rule) !== 'device',
    message: '`supervision` is the device profile’s: write `per: device`.',
  },
  {
    path: ['leavesWhenCleared'],
    is: (rule) =>
      rule.leavesWhenCleared && rule.clearedBy === undefined && rule.absence === undefined,
    message: 'Only what can be cleared leaves by itself: give `clearedBy`.',
  },
  {
    path: ['leavesWhenCleared'],
    is: (rule) => rule.leavesWhenCleared && isOnLatched(rule),
    message: 'A call for help is ended by a person: leave out `leavesWhenCleared`.',
  },
  {
    path: ['cooldown'],
    is: (rule) => rule.cooldown !== undefined && isOnLatched(rule),
    message: 'Somebody who calls for help again is heard again: leave out `cooldown`.',
  },
  {
    path: ['count'],
    is: (rule) => rule.count !== undefined && (rule.for !== undefined || rule.then !== undefined),
    message: '`count` raises when the last of them comes: leave out `for` and `then`.',
  },
  {
    path: ['then'],
    is: (rule) => rule.then !== undefined && rule.for !== undefined,
    message: '`then` follows an alert that was raised at once: leave out `for`.',
  },
  {
    path: ['then', 'severity'],
    is: (rule) => rule.then !== undefined && !isWorse(rule.then.severity, rule.severity),
    message: '`then` raises the severity: write one that is worse than the rule’s.',
  },
  {
    path: ['then', 'severity'],
    is: (rule) => rule.then !== undefined && rule.severity === 'technical',
    message:
      'An alert about equipment is not asked of carers: write a rule of its own for what calls for them.',
  },
  {
    path: ['inhibits'],
    is: (rule) => rule.inhibits?.includes(rule.id) === true && rule.severity !== 'technical',
    message: 'Only a rule about equipment holds back its own further alerts: leave out its id.',
  },
];

/** What in a home's events calls for help; see the design, section 5. Durations are in milliseconds. */
export const Rule = fields
  .superRefine((rule, context) => {
    for (const { path, is, message } of contradictions) {
      if (is(rule)) context.addIssue({ code: 'custom', message, path: [...path] });
    }
    for (const key of fixedKeys) {
      const bounds = boundsOf(rule, key);
      if (bounds === null) continue;
      const value = valueOf(rule, key);
      if (value === null) {
        const message = `The rule has no \`${key}\` to set bounds for.`;
        context.addIssue({ code: 'custom', message, path: ['bounds', key] });
      } else if (value < bounds.min || value > bounds.max) {
        const message = `\`${key}\` must lie within the rule’s own \`bounds\`.`;
        context.addIssue({ code: 'custom', message, path: key.split('.') });
      }
    }
  })
  .transform((rule) => ({ ...rule, per: perOf(rule) }));
export type Rule = z.infer<typeof Rule>;

export const Rules = z.array(Rule).superRefine((rules, context) => {
  const seen = new Set<string>();
  for (const [index, { id }] of rules.entries()) {
    if (seen.has(id))
      context.addIssue({ code: 'custom', message: `"${id}" stands twice.`, path: [index] });
    seen.add(id);
  }
});
