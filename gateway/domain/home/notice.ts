import type { NoticeId } from '../../protocol/rule/rule.ts';
import type { Text } from '../../protocol/text.ts';
import { futureToleranceMs } from '../event-time.ts';
import type { Event } from '../event.ts';
import type { Call, Raise } from './call.ts';
import type { HomeState } from './home-state.ts';
import type { CompiledRule } from './rule-set.ts';

/** A fault that lasts is told again, but not so often that nobody listens. */
const toldAgainAfterMs = 24 * 3_600_000;

interface Notice {
  id: NoticeId;
  title: Text;
  action: Text;
  /** What it is about, besides the home. */
  about: string;
  /** Told once, or once a day while it lasts. */
  againAfterMs: number;
  leavesWhenCleared: boolean;
}

function needOf({ id, about }: Pick<Notice, 'id' | 'about'>): string {
  return `${id}/${about}`;
}

/** Where it is kept when a notice that is over was told: what comes and goes is told once a day too. */
function overOf(need: string): string {
  return `${need}/over`;
}

function give(state: HomeState, notice: Notice, event: Event, calls: Call[]): HomeState {
  const need = needOf(notice);
  const last = state.notices?.[need] ?? state.notices?.[overOf(need)];
  if (last !== undefined && event.receivedAt - last < notice.againAfterMs) return state;
  const call: Raise = {
    type: 'raise',
    need,
    rule: { id: notice.id, version: 1, title: notice.title, action: notice.action },
    severity: 'technical',
    about: 'technical',
    deviceId: event.deviceId,
    eventId: event.id,
    since: event.at,
    lateMs: null,
    urgent: false,
    worsening: false,
    leavesWhenCleared: notice.leavesWhenCleared,
    inhibits: [],
  };
  calls.push(call);
  return { ...state, notices: { ...state.notices, [need]: event.receivedAt } };
}

/** Tells that a rule's `where` failed on an event, so that it had to be judged without. */
export function noticeUnjudged(
  state: HomeState,
  rule: CompiledRule,
  event: Event,
  calls: Call[],
): HomeState {
  const notice: Notice = {
    id: 'rule-not-judged',
    about: rule.id,
    title: {
      sv: `Regeln ”${rule.title.sv}” kunde inte bedömas`,
      en: `The rule “${rule.title.en}” could not be judged`,
    },
    action: {
      sv: 'Villkoret (where) frågar efter något som utrustningen inte skickade. Rätta regeln eller byt utrustning.',
      en: 'Its condition (where) asks for what the device did not send. Mend the rule, or change the device.',
    },
    againAfterMs: toldAgainAfterMs,
    leavesWhenCleared: false,
  };
  return give(state, notice, event, calls);
}

function clockNotice(deviceId: string): Notice {
  return {
    id: 'device-clock-wrong',
    about: deviceId,
    title: { sv: 'Utrustningens klocka går fel', en: 'The clock of the device is wrong' },
    action: {
      sv: 'Händelser räknas från när de kom fram tills klockan är rätt. Ställ klockan eller starta om utrustningen.',
      en: 'Events count from when they arrive until the clock is right. Set it, or restart the device.',
    },
    againAfterMs: toldAgainAfterMs,
    leavesWhenCleared: true,
  };
}

function unknownNotice(deviceId: string): Notice {
  return {
    id: 'unknown-event',
    about: deviceId,
    title: { sv: 'Utrustningen skickar något okänt', en: 'The device sends something unknown' },
    action: {
      sv: 'Det sparas men inga regler kan använda det. Kontrollera att rätt profil är vald.',
      en: 'It is kept, but no rule can use it. Check that the right profile is chosen.',
    },
    againAfterMs: Infinity,
    leavesWhenCleared: false,
  };
}

/** Tells what an event shows of the device itself: a clock that cannot be believed, a word that nobody knows. */
export function noticeDevice(state: HomeState, event: Event, calls: Call[]): HomeState {
  const { type, deviceId, skewMs = 0 } = event;
  let next = type === 'unknown' ? give(state, unknownNotice(deviceId), event, calls) : state;
  if (skewMs === null) return next;
  const notice = clockNotice(deviceId);
  if (Math.abs(skewMs) > futureToleranceMs) return give(next, notice, event, calls);
  const need = needOf(notice);
  const told = next.notices?.[need];
  if (told === undefined) return next;
  const { [need]: _, ...others } = next.notices ?? {};
  next = { ...next, notices: { ...others, [overOf(need)]: told } };
  calls.push({ type: 'clear', need, since: event.at });
  return next;
}
