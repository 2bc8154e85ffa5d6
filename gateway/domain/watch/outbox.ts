import type { Text } from '../../protocol/text.ts';
import type { ChannelName } from '../notification/notification.ts';
import type { Picture, Watchdog } from './picture.ts';

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
      outbox.flatMap(({ municipalityId, channel, oldestAt, failed, delivered, failedAtOne }) => {
        const name = names[channel];
        const place = { municipalityId, unitId: null };
        const isStuck = oldestAt !== null && at - oldestAt > stuckAfterMs;
        // An alarm centre that nothing reaches is not made good by another receiver that answers.
        const isDeaf = channel === 'webhook' && failedAtOne >= failuresAtLeast;
        const isFailing = isDeaf || (failed >= failuresAtLeast && failed > delivered);
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

/**
 * Whether we ourselves send what is to be sent. A receiver that does not answer is tried again and is no fault of ours; that
 * nobody is reached by e-mail or push at all is one.
 */
export function isOutboxMoving(outbox: Picture['outbox'], at: number): boolean {
  const isSent = outbox.every(({ dueAt }) => dueAt === null || at - dueAt <= stuckAfterMs);
  return isSent && (['email', 'push'] as const).every((channel) => isHeard(outbox, channel, at));
}

function isHeard(outbox: Picture['outbox'], of: ChannelName, at: number): boolean {
  const own = outbox.filter(({ channel }) => channel === of);
  const isAnyDelivered = own.some(({ delivered }) => delivered > 0);
  return (
    isAnyDelivered ||
    own.every(({ oldestAt }) => oldestAt === null || at - oldestAt <= channelMemoryMs)
  );
}
