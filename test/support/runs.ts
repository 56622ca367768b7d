const TEST_RUNS = Number(process.env['TEST_RUNS'] ?? 1)

/** How often a random test runs: as often as it says, or `TEST_RUNS` times as often. */
export const runs = (usual: number): number => Math.ceil(usual * TEST_RUNS)
