/** What the gateway says when it refuses something of a hub, in Swedish. */
export const hubRefusalsSv: readonly (readonly [said: RegExp, swedish: string])[] = [
  [
    /^The hub has found no such device: make it say something\.$/,
    'Hemnoden hittar den inte längre: få utrustningen att säga något, och välj den igen.',
  ],
  [
    /^Hubs cannot send their password safely.*$/,
    'Hemnoder kan inte skicka sitt lösenord säkert än. Be den som driver Vaka att lägga in ett certifikat för MQTT.',
  ],
  [
    /^This is too much for one code.*$/,
    'Det är för mycket för en QR-kod: välj färre källor eller kortare grundämnen.',
  ],
  [
    /^Mosquitto cannot bridge the topic "(.+)".*$/s,
    'Mosquitto kan inte skicka ämnet ”$1” vidare: byt det i hemnodens program till ett utan mellanslag som inte börjar med $$.',
  ],
];
