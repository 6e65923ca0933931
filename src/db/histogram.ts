/**
 * The value below which a share of the counted values lie, out of a histogram: within a bucket they are taken to lie
 * evenly. Beyond the last bound nothing is known but that bound. null where nothing was counted.
 */
export function quantile(share: number, bounds: readonly number[], counts: readonly number[]): number | null {
  const rank = share * counts.reduce((sum, count) => sum + count, 0);
  if (rank === 0) return null;
  let below = 0;
  for (const [index, count] of counts.entries()) {
    const [lower, upper] = [bounds[index - 1] ?? 0, bounds[index]!];
    if (below + count < rank) {
      below += count;
      continue;
    }
    return upper === Infinity ? lower : lower + ((upper - lower) * (rank - below)) / count;
  }
  return null;
}
