/** What `etalon --help` says below the commands. */
export const helpText = `
A run reads etalon.config.ts here or in systems/*, starts real servers, tries to refute every claim
and writes the requirements document back with a verdict and a figure beside every line.

  etalon list                               what there is to verify
  etalon verify                             verify everything
  etalon verify lfa-licenses --defects      …and show that each claim can fail
  etalon verify --only LFA-T-21 --seed 4f1c replay one claim
  etalon report --format md                 the last run again, as Markdown
  etalon up                                 start the systems with demo data

Environment: DATABASE_URL and REDIS_URL name servers to use instead of starting own ones;
ETALON_CACHE the folder for what later runs reuse.

Exit status: 0 upheld, 1 refuted, 2 inconclusive, 3 usage, 4 environment, 5 interrupted,
70 a defect of Etalon itself.
`
