/** How an alert was answered; instants, null where it has not come to that. */
export interface Answer {
  /** The unit that answered when it first asked; null: none. */
  unitId: string | null;
  /** When it first asked anybody; null: it was held back from its beginning to its end. */
  askedAt: number | null;
  /** From when its answer is timed: when it began to ask, the last time before anybody accepted it. */
  timedFrom: number | null;
  screenAt: number | null;
  acceptedAt: number | null;
  arrivedAt: number | null;
  /** When it stopped asking before anybody had accepted it: it left by itself, or something held it back. */
  quietAt: number | null;
  /** When a person said how it ended. */
  endedAt: number | null;
}

/** What follow-up needs to know of an alert event. */
export interface AnswerStep {
  type: string;
  at: number;
  by: string | null;
  unitId: string | null;
  channel: string | null;
  reason: string | null;
}

/** The types of alert events that say how an alert was answered. */
export const answerTypes: readonly string[] = [
  'raised',
  'assigned',
  'suppressed',
  'inhibited',
  'returned',
  'delivered',
  'accepted',
  'arrived',
  'resolved',
];

export const unanswered: Answer = {
  unitId: null,
  askedAt: null,
  timedFrom: null,
  screenAt: null,
  acceptedAt: null,
  arrivedAt: null,
  quietAt: null,
  endedAt: null,
};

/** The answer after one more event of the alert. */
export function answerAfter(answer: Answer, step: AnswerStep): Answer {
  switch (step.type) {
    case 'raised':
      return begun({ ...answer, unitId: step.unitId }, step.at);
    case 'assigned':
      return assigned(answer, step);
    case 'suppressed':
    case 'inhibited':
      return hushed(answer, step.at);
    case 'returned':
      return answer.acceptedAt === null && !isAsking(answer) ? begun(answer, step.at) : answer;
    case 'delivered':
      return isAsking(answer) && (step.channel ?? 'screen') === 'screen'
        ? { ...answer, screenAt: answer.screenAt ?? step.at }
        : answer;
    case 'accepted':
      return { ...answer, acceptedAt: answer.acceptedAt ?? step.at };
    case 'arrived':
      return {
        ...answer,
        // Who comes without having said so has it, too.
        acceptedAt: answer.acceptedAt ?? step.at,
        arrivedAt: answer.arrivedAt ?? step.at,
      };
    case 'resolved':
      return step.by === null ? hushed(answer, step.at) : { ...answer, endedAt: step.at };
    default:
      return answer;
  }
}

function isAsking({ timedFrom, quietAt }: Answer): boolean {
  return timedFrom !== null && quietAt === null;
}

function begun(answer: Answer, at: number): Answer {
  return { ...answer, askedAt: answer.askedAt ?? at, timedFrom: at, screenAt: null, quietAt: null };
}

/** A test that has become a real alert is timed from then. */
function assigned(answer: Answer, { at, unitId, reason }: AnswerStep): Answer {
  if (answer.acceptedAt !== null) return answer;
  if (reason === 'test-ended')
    return begun({ ...answer, unitId: unitId ?? answer.unitId, askedAt: null }, at);
  return answer.askedAt === null ? { ...answer, unitId: unitId ?? answer.unitId } : answer;
}

/** What is held back in the instant in which it would have begun to ask has not asked. */
function hushed(answer: Answer, at: number): Answer {
  if (answer.acceptedAt !== null || !isAsking(answer)) return answer;
  if (answer.timedFrom !== at) return { ...answer, quietAt: at };
  const askedAt = answer.askedAt === at ? null : answer.askedAt;
  return { ...answer, askedAt, timedFrom: null, screenAt: null };
}
