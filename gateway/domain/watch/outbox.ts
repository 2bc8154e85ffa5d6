import type { Text } from '../../protocol/text.ts';
import type { ChannelName } from '../notification/notification.ts';
import type { Watchdog } from './picture.ts';

export const stuckAfterMs = 5 * 60_000;
/** For how long what became of a notification counts. */
export const channelMemoryMs = 15 * 60_000;
const failuresAtLeast = 3;

const names: Readonly<Record<ChannelName, Text>> = {
  push: { sv: 'push', en: 'push' },
  email: { sv: 'e-post', en: 'e-mail' },
  webhook: { sv: 'webhook', en: 'webhook' },
  device: { sv: 'svar till utrustning', en: 'replies to devices' },
};

/** Channels on which notifications wait too long, or fail more often than they arrive; each by itself. */
export function watchOutbox(): Watchdog {
  return {
    ids: ['outbox-stuck', 'channel-failing'],
    look: ({ at, outbox }) =>
      outbox.flatMap(({ municipalityId, channel, oldestAt, failed, delivered }) => {
        const name = names[channel];
        const place = { municipalityId, unitId: null };
        const isStuck = oldestAt !== null && at - oldestAt > stuckAfterMs;
        const isFailing = failed >= failuresAtLeast && failed > delivered;
        return [
          ...(isStuck
            ? [
                {
                  ...place,
                  need: `outbox-stuck/${channel}`,
                  since: oldestAt,
                  rule: {
                    id: 'outbox-stuck' as const,
                    title: {
                      sv: `Aviseringar blir liggande: ${name.sv}`,
                      en: `Notifications are stuck: ${name.en}`,
                    },
                    action: {
                      sv: 'De som larm ska nå på det sättet nås inte. Kontrollera mottagaren och nätet.',
                      en: 'Those whom alerts reach in this way are not reached. Check the receiver and the network.',
                    },
                  },
                },
              ]
            : []),
          ...(isFailing
            ? [
                {
                  ...place,
                  need: `channel-failing/${channel}`,
                  since: at,
                  rule: {
                    id: 'channel-failing' as const,
                    title: {
                      sv: `Aviseringar når inte fram: ${name.sv}`,
                      en: `Notifications do not arrive: ${name.en}`,
                    },
                    action: {
                      sv: 'Se under Mottagare vad som gick fel senast, och rätta adressen eller kanalen.',
                      en: 'See under Endpoints what went wrong last, and mend the address or the channel.',
                    },
                  },
                },
              ]
            : []),
        ];
      }),
  };
}
