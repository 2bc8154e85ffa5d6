import { Link } from 'react-router';

import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { pictureOf } from '../../gateway/protocol/device/kind-picture.ts';
import { TimeAgo } from '../clock/time-ago.tsx';
import { useMe } from '../session/session-context.tsx';
import { useWords } from '../text/language-context.tsx';
import { DevicePicture } from './device-picture.tsx';

/** What was begun and is not ended, to go on with. */
export function OpenList({ installations }: { installations: readonly InstallationView[] }) {
  const said = useWords().install.home;
  const me = useMe();
  if (installations.length === 0) return null;
  return (
    <section aria-labelledby="begun">
      <h2 id="begun">{said.resume}</h2>
      <ul className="choices">
        {installations.map(({ id, device, home, by, changedAt }) => {
          const name = device?.name ?? said.nothingChosen;
          return (
            <li key={id}>
              <Link className="choice choice-open" to={`/install/${id}`}>
                <DevicePicture
                  picture={device?.model?.picture ?? pictureOf(device?.profile ?? 'sensor')}
                />
                <span className="choice-words">
                  <strong>{said.resumeOf(name, home.label)}</strong>
                  <span className="label">
                    {by.id !== me.id && `${said.by(by.name)}, `}
                    <TimeAgo at={changedAt} />
                  </span>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
