/** Swedish of following up: how alerts were answered, for coordinators and their managers. */
export const reportSv = {
  title: 'Uppföljning',
  nav: {
    label: 'Uppföljningens sidor',
    followUp: 'Uppföljning',
    benefit: 'Nytta',
    costs: 'Kostnader',
    telemetry: 'Telemetri',
  },
};
