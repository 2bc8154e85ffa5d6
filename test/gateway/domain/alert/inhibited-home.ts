import type { AlertEvent } from '../../../../gateway/domain/alert/alert-event.ts';
import { type Alert, isLive } from '../../../../gateway/domain/alert/alert.ts';
import { openBook } from '../../../../gateway/domain/alert/book.ts';
import type { AlertCommand } from '../../../../gateway/domain/alert/decide.ts';
import { concernsOthers } from '../../../../gateway/domain/alert/inhibition.ts';
import type { AlertTerms } from '../../../../gateway/domain/alert/terms.ts';
import type { Clear, Raise } from '../../../../gateway/domain/home/call.ts';
import { homeWith } from '../home/given-home.ts';
import { call, terms as always } from './given-alert.ts';

export type AlertHome = ReturnType<typeof openAlertHome>;

/** Homes whose alerts are kept from one piece of work to the next, as the store keeps them. A need is its rule's id. */
export function openAlertHome(
  inhibits: Readonly<Record<string, readonly string[]>>,
  options: { loads?: 'whole' | 'alone'; terms?: Partial<AlertTerms> } = {},
) {
  const alerts = new Map<string, Alert>();
  const histories = new Map<string, AlertEvent[]>();
  const terms = { ...always, newAlertId: () => `alert-${histories.size + 1}`, ...options.terms };

  function keep(book: ReturnType<typeof openBook>): AlertEvent[] {
    return book.settle().flatMap(({ alert, events }) => {
      alerts.set(alert.id, alert);
      histories.set(alert.id, [...(histories.get(alert.id) ?? []), ...events]);
      return events;
    });
  }

  const live = (homeId = 'home') =>
    [...alerts.values()].filter((alert) => alert.homeId === homeId && isLive(alert));
  const find = (need: string, homeId = 'home') =>
    [...alerts.values()].findLast((alert) => alert.need === need && alert.homeId === homeId);

  return {
    live,
    histories,
    find,
    all: () => [...alerts.values()],
    calls: (need: string, at: number, more: Partial<Raise> = {}, homeId = 'home') => {
      const book = openBook(live(homeId), terms);
      const rule = { ...call.rule, id: need, title: { sv: need, en: need } };
      const raise = { ...call, need, rule, inhibits: inhibits[need] ?? [], since: at, ...more };
      book.call({ ...homeWith(), id: homeId }, raise, at);
      return keep(book);
    },
    clears: (need: string, at: number) => {
      const book = openBook(live(), terms);
      const clear: Clear = { type: 'clear', need, since: at };
      book.call(homeWith(), clear, at);
      return keep(book);
    },
    /** What a person or the sweep does to the latest alert of that need, loaded as they load it. */
    commands: (need: string, command: AlertCommand) => {
      const alert = find(need);
      if (alert === undefined) return [];
      const isWhole =
        options.loads === undefined ? concernsOthers(alert) : options.loads === 'whole';
      const book = openBook(isWhole ? live() : [alert], terms);
      book.command(alert, command);
      return keep(book);
    },
    /** `need state`, and what it waits for. */
    listed: (homeId = 'home') =>
      live(homeId).map(({ need, state, inhibitedBy }) =>
        inhibitedBy === null ? `${need} ${state}` : `${need} waits for ${inhibitedBy.title.en}`,
      ),
  };
}
