import type { Dialect, Interpretation, Memory, Said } from '../domain/dialect.ts';
import { type Camera, createWatch, type Watch } from './frigate-watch.ts';
import { field, fieldsOf, numberOf, parseJson, parseText, textOf } from './loose-json.ts';

/**
 * Frigate 0.13 and later, bridged from its topic prefix; the address of a camera is its name in Frigate. Of a person
 * only that somebody is seen, and where: never a name, a plate, a description, a transcript or a picture.
 */
export const frigate: Dialect = {
  name: 'frigate',
  speaks: (rest) => rest.startsWith('frigate/'),
  read,
};

function read(said: Said, memory: Memory): Interpretation {
  const [, ...levels] = said.topic.split('/').map((level) => level.trim());
  const path = levels.filter((level) => level !== '');
  const watch = createWatch(said, memory);
  // An empty message clears a retained one.
  if (said.payload.length === 0 || path.length === 0) return watch.done();
  if (path.length === 1) readGeneral(path[0] ?? '', said, watch);
  else readOfCamera(path, said, watch);
  return watch.done();
}

function readGeneral(topic: string, { payload }: Said, watch: Watch): void {
  if (topic === 'available') {
    readAvailable(parseText(payload), watch);
    return;
  }
  const body = parseJson(payload);
  watch.alive(null);
  if (fieldsOf(body) === null) {
    if (bodied.has(topic)) watch.refuse(`The message on \`${topic}\` is no JSON object.`);
    return;
  }
  if (topic === 'events') readObject(body, watch);
  else if (topic === 'stats') readStats(body, watch);
  else if (topic === 'reviews') watch.alive(watch.camera(field(body, 'after', 'camera')));
  else if (named.has(topic)) watch.alive(watch.camera(field(body, 'camera')));
}

const bodied = new Set(['events', 'reviews', 'stats', 'tracked_object_update', 'triggers']);
/** What happened to an object that `events` has told of; only names of people and things are new in it. */
const named = new Set(['tracked_object_update', 'triggers']);

function readAvailable(word: string | null, watch: Watch): void {
  const said = word?.toLowerCase();
  if (said === 'online') watch.reach(null, true, 'online');
  else if (said === 'offline' || said === 'stopped') watch.reach(null, false, said);
  else watch.puzzled('available');
}

/** A tracked object: a person is told once, and once for each zone that it comes into. */
function readObject(body: unknown, watch: Watch): void {
  const object = field(body, 'after') ?? field(body, 'before');
  const camera = watch.camera(field(object, 'camera'));
  const id = textOf(field(object, 'id'), 100);
  if (camera === null || id === null) {
    watch.refuse('The tracked object has no `camera` or no `id`.');
    return;
  }
  watch.alive(camera);
  if (field(object, 'label') !== 'person' || field(object, 'false_positive') === true) return;
  const zones = zonesOf(field(object, 'entered_zones'));
  const from = msOf(field(object, 'start_time'));
  const now = msOf(field(object, 'frame_time')) ?? from;
  const data = confidenceOf(object);
  if (zones.length === 0) watch.seen(camera, id, null, from ?? now, data);
  for (const zone of zones) watch.seen(camera, id, zone, now, data);
}

function confidenceOf(object: unknown): Record<string, number> {
  const score = numberOf(field(object, 'top_score')) ?? numberOf(field(object, 'score'));
  return score !== null && score >= 0 && score <= 1 ? { confidence: score } : {};
}

function zonesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  const zones = value.slice(0, 20).map((zone) => textOf(zone, 60));
  return [...new Set(zones.filter((zone) => zone !== null))];
}

function msOf(seconds: unknown): number | null {
  const number = numberOf(seconds);
  return number !== null && number > 0 && number < 1e11 ? Math.round(number * 1_000) : null;
}

/** Told every minute: a camera that gives pictures lives, one that gives none is silent. */
function readStats(body: unknown, watch: Watch): void {
  const cameras = Object.entries(fieldsOf(field(body, 'cameras')) ?? {}).slice(0, 64);
  for (const [name, stats] of cameras) {
    const camera = watch.camera(name);
    if ((numberOf(field(stats, 'camera_fps')) ?? 0) > 0) watch.alive(camera);
  }
}

function readOfCamera(path: readonly string[], { payload }: Said, watch: Watch): void {
  const [name, topic = '', last] = path;
  // `hall/person` counts in a camera or in a zone; which, only other topics tell.
  const isCamera = last !== undefined && (cameraTopics.has(topic) || cameraEnds.has(last));
  const camera = isCamera ? watch.camera(name) : watch.knownCamera(name);
  if (topic === 'status' && last === 'detect' && camera !== null) {
    readStatus(camera, parseText(payload), watch);
  } else if (topic === 'audio' && last !== undefined && camera !== null) {
    readAudio(camera, last, parseText(payload), watch);
  } else {
    // A setting is Frigate's own, and no sign of the camera.
    watch.alive(last === 'state' ? null : camera);
  }
}

const cameraTopics = new Set(['status', 'audio']);
const cameraEnds = new Set(['snapshot', 'state']);

function readStatus(camera: Camera, word: string | null, watch: Watch): void {
  const said = word?.toLowerCase();
  if (said === 'online') watch.reach(camera, true, 'online');
  else if (said === 'offline' || said === 'disabled') watch.reach(camera, false, said);
  else watch.puzzled('status/detect', camera);
}

/** Sounds that tell of pain, a blow or a fire; not of talk, music or a dog. */
const loud =
  /^(scream|yell|shout|bellow|whoop|cry|sob|wail|moan|groan|whimper|gasp|glass|shatter|smash|crash|break|bang|thump|thud|slam|crack|gunshot|explosion|alarm|siren|buzzer)(s|ed|ing)?$|^(crying|children_shouting|breaking|baby_cry)$/;

function readAudio(camera: Camera, sound: string, word: string | null, watch: Watch): void {
  const isOn = word?.toUpperCase() === 'ON';
  const isLoud = sound
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((part) => loud.test(part));
  watch.alive(camera);
  if (isLoud) watch.heard(camera, textOf(sound.toLowerCase(), 40) ?? '', isOn);
}
