import { type EventType, isEventType } from '../catalogue.ts';
import { isPlacement, placements } from '../placement.ts';
import { isProfile, profiles } from '../profile.ts';
import { residentFlags } from '../resident-flag.ts';
import type { Language } from '../text.ts';
import type { Rule } from './rule.ts';
import { en } from './sentence-en.ts';
import { happens, happensNot, neverHappens, places } from './sentence-happening.ts';
import { durationWords, listWords } from './sentence-number.ts';
import type { Phrases } from './sentence-phrase.ts';
import { settingRanges } from './sentence-setting.ts';
import { sv } from './sentence-sv.ts';
import {
  comparisonWords,
  type Condition,
  isMeasureOf,
  onlyPlacementOf,
  readCondition,
} from './sentence-where.ts';

const phrases: Record<Language, Phrases> = { sv, en };

/** What a rule is told with: its language, and what other rules are called. */
interface Voice extends Phrases {
  language: Language;
  titleOf: (ruleId: string) => string;
}

/** All that a rule says, in plain language. `titleOf` tells what the rules it holds back are called; else their ids. */
export function sentenceOf(
  rule: Rule,
  language: Language,
  titleOf: (ruleId: string) => string | null = () => null,
): string {
  const voice = voiceOf(language, titleOf);
  return [mainOf(rule, voice), ...followingOf(rule, voice)].join(' ');
}

/** When it alerts, and how urgently; nothing of what follows. */
export function briefSentenceOf(rule: Rule, language: Language): string {
  return mainOf(
    rule,
    voiceOf(language, () => null),
  );
}

function voiceOf(language: Language, titleOf: (ruleId: string) => string | null): Voice {
  return { ...phrases[language], language, titleOf: (ruleId) => titleOf(ruleId) ?? ruleId };
}

function mainOf(rule: Rule, voice: Voice): string {
  const { during } = rule;
  const condition = voice.condition(
    rule.absence === undefined ? happeningOf(rule, voice) : silenceOf(rule.absence, rule, voice),
  );
  const raise = voice.raise[rule.severity];
  const isAfterWait = rule.for !== undefined && endersOf(rule).length === 0;
  const act = isAfterWait
    ? voice.raiseAfter(raise, durationWords(rule.for ?? 0, voice.language))
    : raise;
  const sentence = `${condition}, ${act}.`;
  if (during === undefined) return capital(sentence);
  const isNight = during.to <= during.from;
  const days = during.days === undefined ? null : voice.days(during.days);
  return voice.window(voice.hours(during), days, isNight) + sentence;
}

function happeningOf(rule: Rule, voice: Voice): string {
  const { on = [], count } = rule;
  const condition = readCondition(rule);
  const enders = endersOf(rule);
  const parts = [onOf(on, condition, voice), ...askedOf(on, condition, voice)];
  if (rule.for !== undefined && enders.length > 0) {
    const isSameDoor = on.every(isDoor) && enders.every(isDoor);
    const not = enders.map((type) => happensNot(type, isSameDoor, voice.language));
    const wait = durationWords(rule.for, voice.language);
    parts.push(voice.andNot(listWords(not, 'and', voice.language), wait));
  }
  const isOne = on.length === 1 && !condition.isAny;
  const told = togetherOf(parts, isOne, voice);
  if (count === undefined) return told;
  const times = voice.times(count.times, durationWords(count.within, voice.language));
  // After several things a pause, lest it be heard of the last of them alone.
  const isAlone = isOne && parts.every((part) => !part.startsWith(voice.and));
  return `${told}${isAlone ? ' ' : ', '}${times}`;
}

/** After "one or the other" a pause tells what "and" belongs to. */
function togetherOf(parts: readonly string[], isOne: boolean, { and }: Voice): string {
  return parts.reduce((told, part) => told + (part.startsWith(and) && !isOne ? ', ' : ' ') + part);
}

/** What happens, one type or another; a measurement that is compared is told by the comparison. */
function onOf(on: readonly EventType[], condition: Condition, voice: Voice): string {
  const told = on.map((type) => {
    const measured = condition.exempt.includes(type)
      ? []
      : condition.comparisons.filter((comparison) => isMeasureOf(type, comparison));
    return measured.length === 0
      ? happens(type, condition.placement, voice.language)
      : listWords(
          measured.map((comparison) => comparisonWords(comparison, type, voice.language)),
          condition.isAny ? 'or' : 'and',
          voice.language,
        ) + placeOf(condition, voice);
  });
  return listWords(told, 'or', voice.language);
}

function placeOf({ placement }: Condition, { language }: Voice): string {
  return placement === null ? '' : ` ${places[placement][language]}`;
}

/** What else is asked of it. */
function askedOf(on: readonly EventType[], condition: Condition, voice: Voice): string[] {
  const { comparisons, exempt, notAt, rest } = condition;
  const needing = on.filter((type) => !exempt.includes(type));
  const asked = comparisons
    .filter((comparison) => !needing.every((type) => isMeasureOf(type, comparison)))
    .map((comparison) => comparisonWords(comparison, null, voice.language));
  const except = notAt.map((placement) => places[placement][voice.language]);
  return [
    ...(except.length === 0 ? [] : [voice.exceptAt(listWords(except, 'or', voice.language))]),
    ...[...asked, ...rest.map((cel) => voice.holds(voice.quote(cel)))].map(
      (one) => `${voice.and} ${one}`,
    ),
  ];
}

/** So many can each be said not to happen, and be listened to; not where a place belongs to all of them. */
const fewThings = 2;

function silenceOf(absence: NonNullable<Rule['absence']>, rule: Rule, voice: Voice): string {
  const condition = readCondition(rule);
  const asked = askedOf([], condition, voice).map((one) => ` ${one}`);
  const place = placeOf(condition, voice);
  const of = absence.of === 'any' ? [] : absence.of;
  const isMany = of.length > fewThings || (of.length > 1 && place !== '');
  if (isMany && absence.for !== 'supervision') {
    const happening = of.map((type) => happens(type, null, voice.language));
    const what = listWords(happening, 'or', voice.language);
    return voice.noneOf(place, durationWords(absence.for, voice.language), what) + asked.join('');
  }
  const nothing = {
    device: voice.silentDevice,
    home: voice.silentHome,
    resident: voice.silentResident,
  };
  const what =
    of.length === 0
      ? nothing[rule.per]
      : listWords(
          of.map((type) => neverHappens(type, voice.language)),
          'and',
          voice.language,
        );
  if (absence.for !== 'supervision')
    return voice.silence(what + place, durationWords(absence.for, voice.language)) + asked.join('');
  const told = of.map((type) => neverHappens(type, voice.language));
  const more = told.length === 0 ? '' : ` (${listWords(told, 'and', voice.language)})`;
  return voice.longerThanAllowed + place + more + asked.join('');
}

function followingOf(rule: Rule, voice: Voice): string[] {
  const { absence, then, during, clearedBy, cooldown, inhibits, action } = rule;
  const { language } = voice;
  const ranges = settingRanges(rule, language, voice.range);
  const sentences = [
    during !== undefined &&
      clearedBy !== undefined &&
      (during.begunBefore === 'counts' ? voice.soFar : voice.notSoFar),
    absence?.pausedWhenEmpty === true && voice.pausedWhenEmpty,
    then !== undefined && worseningOf(then, voice),
    endOf(rule, voice),
    voice.per[rule.per],
    cooldown !== undefined && voice.cooldown(durationWords(cooldown, language)),
    inhibits !== undefined &&
      voice.inhibits(
        listWords(
          inhibits.map((id) => voice.quote(voice.titleOf(id))),
          'and',
          language,
        ),
      ),
    aimOf(rule, voice),
    ranges.length > 0 && voice.ownValues(listWords(ranges, 'and', language)),
    action !== undefined && voice.action(full(action[language])),
  ];
  return sentences.filter((sentence) => sentence !== false);
}

function worseningOf({ no, within, severity }: NonNullable<Rule['then']>, voice: Voice): string {
  const not = no.map((type) => neverHappens(type, voice.language));
  return voice.worsen(
    listWords(not, 'and', voice.language),
    durationWords(within, voice.language),
    severity,
  );
}

function endOf(rule: Rule, voice: Voice): string {
  const over =
    rule.absence !== undefined
      ? voice.heardAgain
      : rule.clearedBy === undefined
        ? null
        : listWords(
            rule.clearedBy.map((type) =>
              happens(type, isDoor(type) ? readCondition(rule).placement : null, voice.language),
            ),
            'or',
            voice.language,
          );
  if (over === null) return voice.latched;
  return `${voice.cleared(over)}, ${rule.leavesWhenCleared ? voice.leaves : voice.stays}`;
}

/** The homes and devices it is for; one place only has been said with what happens there. */
function aimOf(rule: Rule, voice: Voice): string | false {
  const { language } = voice;
  const { appliesTo = {} } = rule;
  const isPlaceSaid = readCondition(rule).placement === onlyPlacementOf(rule);
  const or = (items: readonly string[]) => listWords(items, 'or', language);
  const parts = [
    appliesTo.flags &&
      voice.flags(or(appliesTo.flags.map((flag) => voice.quote(residentFlags[flag][language])))),
    appliesTo.placements &&
      !(isPlaceSaid && appliesTo.placements.length === 1) &&
      voice.placements(
        or(appliesTo.placements.map((at) => (isPlacement(at) ? placements[at][language] : at))),
      ),
    appliesTo.profiles &&
      voice.profiles(
        or(
          appliesTo.profiles.map((id) =>
            voice.quote(isProfile(id) ? profiles[id].title[language] : id),
          ),
        ),
      ),
  ];
  const told = parts.filter((part) => typeof part === 'string');
  return told.length > 0 && voice.appliesTo(listWords(told, 'and', language));
}

/** What ends the wait: what is said to, and what clears the condition. */
function endersOf({ unless = [], clearedBy = [] }: Rule): EventType[] {
  return [...new Set([...unless, ...clearedBy])].filter(isEventType);
}

function isDoor(type: EventType): boolean {
  return type === 'door.opened' || type === 'door.closed';
}

function capital(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`;
}

function full(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
