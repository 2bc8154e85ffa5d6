import { useWords } from '../text/language-context.tsx';
import { useDevice } from './step-context.tsx';

/** That something it told was dropped for want of consent, and whom to ask. */
export function Dropped() {
  const said = useWords().install.message;
  const { droppedWithoutConsent: count } = useDevice();
  return count === 0 ? null : <p className="install-warning">{said.dropped(count)}</p>;
}
