import type { Directory } from '../domain/directory.ts';
import type { DocumentVersion } from '../domain/duty/staffing.ts';
import { AppError } from '../domain/errors.ts';

type Written<T> = Pick<DocumentVersion, 'version' | 'authorId' | 'at' | 'reason'> & { document: T };

/** A document as people are shown it; `none` where nobody has written one yet. */
export async function presentDocument<T>(
  latest: Written<T> | null,
  none: T,
  directory: Pick<Directory, 'people'>,
) {
  if (latest === null) return { version: 0, document: none, author: null, at: null, reason: null };
  const { version, document, authorId, at, reason } = latest;
  const name = (await directory.people([authorId])).get(authorId) ?? authorId;
  return { version, document, author: { id: authorId, name }, at, reason };
}

/** Names who has changed a document meanwhile, and when. */
export async function changedMeanwhile(
  latest: Omit<Written<unknown>, 'document'> | null,
  timeZone: string,
  directory: Pick<Directory, 'people'>,
): Promise<AppError> {
  if (latest === null)
    return new AppError('conflict', 'Nobody has written this yet: begin from version 0.');
  const { version, authorId, at, reason } = latest;
  const time = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' })
    .replace('T', ' ');
  const who = (await directory.people([authorId])).get(authorId) ?? authorId;
  return new AppError(
    'conflict',
    `${who} changed this on ${time} (version ${version}${reason === '' ? '' : `: “${reason}”`}). Look at that first, then change it again.`,
  );
}
