/** After a command its card may have moved or gone: puts focus on what to press next, else on the page. */
export function focusAlert(alertId: string): void {
  // Two frames: one to draw the card in its new place, one for a closing dialog to have given focus back.
  requestAnimationFrame(() => requestAnimationFrame(() => moveFocus(alertId)));
}

function moveFocus(alertId: string): void {
  if (isHeldElsewhere(alertId)) return;
  const card = document.querySelector(`[data-alert="${CSS.escape(alertId)}"]`);
  const next = card?.querySelector('.alert-primary') ?? card?.querySelector('a, button');
  const target = next ?? document.querySelector('main h1');
  if (target instanceof HTMLElement) target.focus();
}

/** Whether the reader has meanwhile put focus somewhere else. */
function isHeldElsewhere(alertId: string): boolean {
  const active = document.activeElement;
  if (active === null || active === document.body) return false;
  return active.closest('[data-alert]')?.getAttribute('data-alert') !== alertId;
}
