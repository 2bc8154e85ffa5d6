import { Button } from '@midas-ds/components/button';
import { useState } from 'react';

import type { HomeDetail } from '../../gateway/protocol/api.ts';
import { useWords } from '../text/language-context.tsx';
import { ActivityStrip } from './activity-strip.tsx';
import { ActivityTable } from './activity-table.tsx';

export function ActivitySection({ home }: { home: HomeDetail }) {
  const words = useWords();
  const [isTable, setTable] = useState(false);
  const { activity, alerts, timeZone } = home;
  return (
    <section aria-labelledby="activity">
      <div className="section-top">
        <h2 id="activity">{words.home.activity}</h2>
        {activity !== null && (
          <Button variant="tertiary" size="medium" onPress={() => setTable(!isTable)}>
            {isTable ? words.home.asPicture : words.home.asTable}
          </Button>
        )}
      </div>
      {activity === null && <p>{words.home.noActivity}</p>}
      {activity !== null && !isTable && (
        <ActivityStrip activity={activity} alerts={alerts} timeZone={timeZone} />
      )}
      {activity !== null && (
        <div className={isTable ? undefined : 'visually-hidden'}>
          <ActivityTable activity={activity} alerts={alerts} timeZone={timeZone} />
        </div>
      )}
    </section>
  );
}
