import type { DialectName } from '../../gateway/protocol/device/device-profile.ts';

/** A message that is right, from which wrong ones are made. */
export interface Seed {
  topic: string;
  payload: unknown;
}

const eui = '24e124535b316056';
const info = {
  deviceName: 'Hall',
  deviceProfileName: 'WS301',
  devEui: eui,
  tags: { room: 'hall' },
};
const up = {
  deduplicationId: '8d2f5ab4-8fd3-4f3a-9a5d-5b6b2c2d7a11',
  time: '2026-11-22T02:13:00.123456789+00:00',
  deviceInfo: info,
  devAddr: '00189440',
  fCnt: 12,
  fPort: 85,
  data: 'AXVkAwABBAAB',
  object: {
    battery: 100,
    magnet_status: 'open',
    tamper_status: 'installed',
    motion: { detected: true, count: 3 },
    water: { leak: false, temperature: 8 },
    button_event: { status: 'short press' },
    fall_alarm: { alarm_id: '1, 2', alarm_status: '1, 2' },
    detection_status: 'in bed',
    status: 1,
    SOS: 'true',
    history: [{ timestamp: 1_795_000_000, magnet_status: 'closed', sos: 1 }],
    events: [{ alarm_type: 'fall', alarm_status: 'alarm_triggered' }],
  },
  rxInfo: [{ rssi: -80, snr: 7.5 }],
};
const uplink = {
  end_device_ids: { device_id: 'button-1', dev_eui: eui.toUpperCase() },
  received_at: '2026-11-22T02:13:00.5Z',
  uplink_message: {
    session_key_id: 'AXA50tHUHUucFxh/kVcmAg==',
    f_port: 147,
    f_cnt: 4,
    frm_payload: 'Af43AAAEAAA=',
    decoded_payload: { battery: 3.9, status: 1, temperatureBoard: 23 },
    decoded_payload_warnings: ['clock not set'],
    normalized_payload: [{ air: { temperature: 21.5, relativeHumidity: 40 } }],
    rx_metadata: [{ rssi: -70, snr: 9, channel_rssi: -71 }],
    received_at: '2026-11-22T02:13:00.3Z',
    version_ids: { brand_id: 'browan', model_id: 'tbpb100' },
    last_battery_percentage: { f_cnt: 2, value: 91, received_at: '2026-11-22T01:00:00Z' },
  },
};
const tracked = {
  id: '1795313580.12-abcdef',
  camera: 'bedroom',
  label: 'person',
  sub_label: ['A Name', 0.9],
  false_positive: false,
  top_score: 0.91,
  start_time: 1_795_313_580.12,
  frame_time: 1_795_313_584.5,
  entered_zones: ['bed', 'floor'],
  end_time: null,
};

export const seeds: Readonly<Record<DialectName, readonly Seed[]>> = {
  native: [
    {
      topic: 'events',
      payload: [
        { id: 'a', type: 'help.pressed', time: '2026-11-22T02:13:00Z', data: {} },
        { id: 'b', type: 'temperature.measured', data: { celsius: 21 } },
      ],
    },
  ],
  frigate: [
    { topic: 'frigate/events', payload: { type: 'update', before: tracked, after: tracked } },
    { topic: 'frigate/available', payload: 'offline' },
    { topic: 'frigate/bedroom/status/detect', payload: 'online' },
    { topic: 'frigate/bedroom/audio/scream', payload: 'ON' },
    { topic: 'frigate/stats', payload: { cameras: { bedroom: { camera_fps: 5 } } } },
    { topic: 'frigate/reviews', payload: { type: 'new', after: { camera: 'bedroom' } } },
    { topic: 'frigate/bedroom/person/snapshot', payload: 'no picture' },
    { topic: 'frigate/bedroom/person', payload: '1' },
  ],
  chirpstack: [
    { topic: `chirpstack/application/1/device/${eui}/event/up`, payload: up },
    {
      topic: 'chirpstack/event/status',
      payload: { ...up, margin: 10, batteryLevel: 88.3, externalPowerSource: false },
    },
    {
      topic: 'chirpstack/event/log',
      payload: { ...up, level: 'ERROR', code: 'UPLINK_CODEC', description: 'it threw' },
    },
    { topic: 'chirpstack/event/join', payload: { ...up, devAddr: '01020304' } },
  ],
  tts: [
    { topic: 'tts/v3/app@tenant/devices/button-1/up', payload: uplink },
    { topic: 'tts/uplink', payload: uplink },
    {
      topic: 'tts/v3/app@tenant/devices/button-1/join',
      payload: { end_device_ids: uplink.end_device_ids, join_accept: { session_key_id: 'A' } },
    },
  ],
  senml: [
    {
      topic: 'senml',
      payload: [
        { bn: 'urn:dev:mac:0024befffe804ff1/', bt: 1_795_000_000, bu: 'Cel', n: 'air', v: 21 },
        { n: 'door', vb: true, t: 5 },
        { n: 'battery', u: '%EL', v: 80, t: -10 },
        { n: 'alarm', vb: false },
        { n: 'note', vs: 'text' },
      ],
    },
  ],
  zigbee2mqtt: [
    {
      topic: 'zigbee2mqtt/bridge/devices',
      payload: [
        {
          ieee_address: '0x00158d0001a2b3c4',
          friendly_name: 'hallen',
          type: 'EndDevice',
          supported: true,
          definition: {
            vendor: 'A',
            model: 'B-1',
            description: 'Contact',
            exposes: [
              {
                type: 'binary',
                name: 'contact',
                property: 'contact',
                access: 1,
                value_on: false,
                value_off: true,
              },
              { type: 'enum', name: 'action', property: 'action', access: 1, values: ['single'] },
            ],
          },
        },
      ],
    },
    {
      topic: 'zigbee2mqtt/hallen',
      payload: { contact: false, battery: 80, linkquality: 90, action: 'emergency', last_seen: 1 },
    },
    { topic: 'zigbee2mqtt/bridge/state', payload: { state: 'offline' } },
    { topic: 'zigbee2mqtt/hallen/availability', payload: { state: 'online' } },
    {
      topic: 'zigbee2mqtt/bridge/event',
      payload: { type: 'device_leave', data: { ieee_address: '0x00158d0001a2b3c4' } },
    },
  ],
  shelly: [
    {
      topic: 'shelly/shellyplusht-08b61fcb7f3c/events/rpc',
      payload: {
        src: 'shellyplusht-08b61fcb7f3c',
        method: 'NotifyStatus',
        params: { ts: 1_795_000_000.12, 'temperature:0': { tC: 21.5 }, 'input:0': { state: true } },
      },
    },
    {
      topic: 'shelly/shellybutton/events/rpc',
      payload: {
        src: 'shellybutton',
        method: 'NotifyEvent',
        params: { ts: 1.5, events: [{ component: 'input:0', event: 'single_push', ts: 1.5 }] },
      },
    },
    { topic: 'shelly/shellyplusht-08b61fcb7f3c/online', payload: 'true' },
  ],
  tasmota: [
    {
      topic: 'tasmota/tele/hall/SENSOR',
      payload: {
        Time: '2026-11-22T02:13:00',
        DS18B20: { Temperature: 20.6 },
        ZbReceived: { '0x2916': { Device: '0x2916', Occupancy: 1, LinkQuality: 90 } },
        Switch1: 'ON',
        TempUnit: 'C',
      },
    },
    { topic: 'tasmota/tele/hall/LWT', payload: 'Offline' },
    { topic: 'tasmota/stat/hall/RESULT', payload: { POWER: 'OFF' } },
  ],
  homeassistant: [
    {
      topic: 'homeassistant/homeassistant/binary_sensor/hall/door/config',
      payload: {
        device_class: 'door',
        state_topic: 'hub/hall/door',
        unique_id: 'hall_door',
        value_template: '{{ value_json.open }}',
        payload_on: 'true',
        device: { identifiers: ['hall'], name: 'Hall', manufacturer: 'A', model: 'B' },
      },
    },
    { topic: 'homeassistant/hub/hall/door', payload: { open: true } },
  ],
  homie: [
    { topic: 'homie/5/hall/$state', payload: 'ready' },
    {
      topic: 'homie/5/hall/$description',
      payload: {
        homie: '5.0',
        name: 'Hall',
        nodes: { door: { properties: { open: { datatype: 'boolean', name: 'Open' } } } },
      },
    },
    { topic: 'homie/5/hall/door/open', payload: 'true' },
  ],
};
