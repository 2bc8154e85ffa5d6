import { useCallback } from 'react';

import { useSession } from '../session/session-context.tsx';

/** Signs out here so that a colleague can sign in; whoever leaves stays on duty. */
export function useChangePerson(): () => void {
  const { leave, end } = useSession();
  return useCallback(() => void leave().catch(end), [leave, end]);
}
