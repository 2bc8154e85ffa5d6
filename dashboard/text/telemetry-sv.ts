/** Swedish of how the writing of history goes. */
export const telemetrySv = {
  title: 'Telemetri',
};
