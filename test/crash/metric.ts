/** Reads what the server counts; answers a reader of single metrics, 0 for those that are not there. */
export async function readMetrics(httpUrl: string): Promise<(name: string) => number> {
  const response = await fetch(`${httpUrl}/metrics`);
  const lines = (await response.text()).split('\n');
  return (name) => {
    const line = lines.find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? 0);
  };
}
