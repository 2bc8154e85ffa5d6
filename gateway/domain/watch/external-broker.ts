import type { Text } from '../../protocol/text.ts';
import type { Condition } from './condition.ts';
import type { Picture, Watchdog } from './picture.ts';

/** A broker may be restarted in so long. */
const awayForMs = 2 * 60_000;
/** What it has forgotten is forgotten; that is said for so long. */
const saidForMs = 15 * 60_000;

type BrokerId = 'broker-unreachable' | 'broker-forgot';

const texts: Readonly<Record<BrokerId, { title: Text; action: Text }>> = {
  'broker-unreachable': {
    title: { sv: 'Kommunens MQTT-broker nås inte', en: 'The municipality’s MQTT broker is away' },
    action: {
      sv: 'Larm från utrustning där dröjer tills den nås igen. Kontrollera brokern, nätet och inloggningen.',
      en: 'Alerts from devices there wait until it is back. Check the broker, the network and the log-in.',
    },
  },
  'broker-forgot': {
    title: { sv: 'MQTT-brokern har glömt meddelanden', en: 'The MQTT broker has lost messages' },
    action: {
      sv: 'Det som hände medan vi var borta kan saknas. Ring dem som inte kan vänta, och slå på persistence i brokern.',
      en: 'What happened while we were away may be missing. Call those who cannot wait, and turn on persistence in the broker.',
    },
  },
};

/** Devices that speak through somebody else's broker are heard only while we hear that. */
export function watchExternalBroker(): Watchdog {
  return {
    ids: ['broker-unreachable', 'broker-forgot'],
    look: ({ at, arrangements, externalBroker }) => {
      if (externalBroker === null) return [];
      const { isConnected, since, forgotAt } = externalBroker;
      const isAway = !isConnected && at - since >= awayForMs;
      const hasForgotten = forgotAt !== null && at - forgotAt < saidForMs;
      return [
        ...(isAway ? everywhere(arrangements, 'broker-unreachable', since) : []),
        ...(hasForgotten ? everywhere(arrangements, 'broker-forgot', forgotAt) : []),
      ];
    },
  };
}

function everywhere(
  { municipalities }: Picture['arrangements'],
  id: BrokerId,
  since: number,
): Condition[] {
  return [...municipalities.keys()].map((municipalityId) => ({
    municipalityId,
    need: id,
    rule: { id, ...texts[id] },
    unitId: null,
    since,
  }));
}
