/** Why the gateway could not use what equipment or a hub has said, in Swedish. */
export const messageRefusalsSv: readonly (readonly [said: RegExp, swedish: string])[] = [
  [/^The message is empty\.$/, 'Meddelandet är tomt.'],
  [/^The message is no JSON in UTF-8\.$/, 'Meddelandet är inte JSON i UTF-8.'],
  [/^The message is no text in UTF-8\.$/, 'Meddelandet är inte text i UTF-8.'],
  [/^The message is no JSON object\.$/, 'Meddelandet är inget JSON-objekt.'],
  [
    /^The message is no JSON object; set the integration to JSON.*$/,
    'Meddelandet är inget JSON-objekt: ställ in integrationen på JSON, inte Protobuf.',
  ],
  [/^The message on `(.+)` is no JSON object\.$/, 'Meddelandet på `$1` är inget JSON-objekt.'],
  [/^`(.+)` is no JSON object\.$/, '`$1` är inget JSON-objekt.'],
  [/^Send at most (\d+) events in a message\.$/, 'Skicka högst $1 händelser i ett meddelande.'],
  [/^Send at most (\d+) records in a pack\.$/, 'Skicka högst $1 mätvärden i ett meddelande.'],
  [
    /^An event needs a text `id` and a text `type`.*$/s,
    'En händelse behöver `id` och `type`, båda texter med 1 till 128 tecken.',
  ],
  [/^Only the gateway itself reports `(.+)`\.$/, 'Bara Vaka självt rapporterar `$1`.'],
  [/^`data` of `(.+?)` is wrong: (.*)$/s, '`data` i `$1` är fel: $2'],
  [
    /^A device’s message is a JSON object; set `output: json` in zigbee2mqtt\.$/,
    'Meddelandet är inget JSON-objekt: ställ in `output: json` i zigbee2mqtt.',
  ],
  [
    /^A device's message has at most (\d+) bytes; see what publishes this\.$/,
    'Meddelandet är längre än $1 byte: se efter vad som skickar det.',
  ],
  [
    /^(?:The availability is|zigbee2mqtt says) neither .*$/,
    'Tillgängligheten är varken online eller offline.',
  ],
  [
    /^The message names no `deviceInfo\.devEui`.*$/,
    'Meddelandet saknar `deviceInfo.devEui` med 16 hexsiffror.',
  ],
  [
    /^The message names no device in `end_device_ids`\.$/,
    'Meddelandet nämner ingen utrustning i `end_device_ids`.',
  ],
  [
    /^The tracked object has no `camera` or no `id`\.$/,
    'Objektet som följs saknar `camera` eller `id`.',
  ],
  [/^Publish under (.+) only\.$/, 'Publicera bara under $1.'],
  [/^Nothing here reads "(.+)"\.$/s, 'Vaka läser inte ”$1”.'],
  [/^This could not be read as (.+)\.$/, 'Detta gick inte att läsa som $1.'],
  [/^A (?:status|description) is a JSON object\.$/, 'Meddelandet är inget JSON-objekt.'],
];
