import type { CheckOut, HandOverView } from '../../gateway/protocol/duty/duty.ts';

/** The receiver that stands for giving an alert back to the queue. */
export const giveBack = 'give-back';

/** Who is chosen for each alert. */
export type Choices = ReadonlyMap<string, string>;

/** Alerts that nobody has been chosen for, by id. */
export function unassigned({ mine }: HandOverView, choices: Choices): string[] {
  return mine.map(({ id }) => id).filter((id) => !choices.has(id));
}

/** What to send; null while an alert has nobody. */
export function checkOutOf(view: HandOverView, choices: Choices): CheckOut | null {
  if (unassigned(view, choices).length > 0) return null;
  return {
    handOver: view.mine.map(({ id }) => {
      const to = choices.get(id);
      return { alertId: id, to: to === undefined || to === giveBack ? null : to };
    }),
  };
}
