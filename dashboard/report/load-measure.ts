import type { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';
import type { reportSv } from '../text/report-sv.ts';
import type { Figures } from './figure-words.ts';

type Load = FollowUpReport['loads'][number];

export interface Measure {
  name: string;
  value: string;
  /** Null: there is none. */
  limit: string | null;
  /** Null: not judged. */
  isOver: boolean | null;
}

/** ISA-18.2 and EEMUA 191. */
const limits = { perTenMinutes: 2, mostInTenMinutes: 10, floodShare: 0.01, stale: 5 };

interface Telling {
  figures: Figures;
  said: typeof reportSv.load;
  /** Whether those of the unit check in, so that it is known how many are on duty. */
  isDutyKept: boolean;
}

/** A unit's load beside its limits. The share of the worst sources is not judged: few homes have few sources. */
export function judged(load: Load, { figures, said, isDutyKept }: Telling): Measure[] {
  const nobody = isDutyKept ? said.nobody : said.noDuty;
  const plain = (name: string, value: string): Measure => ({
    name,
    value,
    limit: null,
    isOver: null,
  });
  return [
    plain(said.alerts, figures.number(load.alerts)),
    plain(said.operators, load.operators === null ? nobody : figures.number(load.operators)),
    {
      name: said.perTen,
      value: figures.number(load.perTenMinutes),
      limit: said.perTenLimit,
      isOver: load.perTenMinutes > limits.perTenMinutes,
    },
    {
      name: said.most,
      value: figures.number(load.mostInTenMinutes),
      limit: said.mostLimit,
      isOver: load.mostInTenMinutes > limits.mostInTenMinutes,
    },
    {
      name: said.flood,
      value: figures.share(load.floodShare),
      limit: said.floodLimit,
      isOver: load.floodShare >= limits.floodShare,
    },
    {
      name: said.chattering,
      value: figures.number(load.chattering),
      limit: said.chatteringLimit,
      isOver: load.chattering > 0,
    },
    {
      name: said.stale,
      value: figures.number(load.stale),
      limit: said.staleLimit,
      isOver: load.stale >= limits.stale,
    },
    plain(said.topTen, figures.share(load.topTenShare)),
  ];
}
