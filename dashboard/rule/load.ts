import type { AlarmLoad } from '../../gateway/protocol/rule/backtest.ts';

export type Grade = 'good' | 'acceptable' | 'too-much';

/** ISA-18.2 and EEMUA 191: one in ten minutes is acceptable and two the most; more than ten, under 1 % of the time. */
const limits = { good: 1, most: 2, flood: 10, floodShare: 0.01 };

/** The load of one person, judged: what chatters or ever floods is not good, however low the average. */
export function gradeOf(load: AlarmLoad): Grade {
  if (load.perTenMinutes > limits.most || load.floodShare >= limits.floodShare) return 'too-much';
  const isCalm = load.mostInTenMinutes <= limits.flood && load.chattering === 0;
  return load.perTenMinutes <= limits.good && isCalm ? 'good' : 'acceptable';
}
