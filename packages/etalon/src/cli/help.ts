/** What `etalon --help` says below the commands. */
export const helpText = `
A run reads etalon.config.ts here or in systems/*, starts real servers, tries to refute every claim
and writes the requirements document back with a verdict and a figure beside every line.

  etalon init shop --start "node shop.js"    begin: requirements, configuration, two claims
  etalon list                               what there is to verify
  etalon verify                             verify everything
  etalon verify lfa-licenses --defects      …and show that each claim can fail
  etalon verify --only LFA-T-21 --seed 4f1c replay one claim
  etalon report --format markdown           the last run again, as Markdown
  etalon compare shop --base main           is the working tree slower than another revision?
  etalon baseline keep                      keep the last run's figures, to hold later ones against
  etalon load http://127.0.0.1:8080 --rate 500 --for 20s
  etalon up                                 start the systems with demo data
  etalon fault 127.0.0.1:5432 --cut after-commit  disturb the way to a service
  etalon canary --stable URL --candidate URL  roll a new revision out, and back if it is worse

Environment: DATABASE_URL and REDIS_URL name servers to use instead of starting own ones;
ETALON_CACHE the folder for what later runs reuse, ETALON_BROWSER the Chrome or Chromium.

Exit status: 0 upheld, 1 refuted, 2 inconclusive, 3 usage, 4 environment, 5 interrupted,
70 a defect of Etalon itself.
`

/** What `etalon canary --help` says below the options. */
export const canaryHelp = `
A proxy on 127.0.0.1 stands in front of both revisions; point the clients, or the load balancer, at
its port. In each step it sends a share of the clients to the candidate and compares both sides: the
share of failed requests, the share of refused ones, P50 and P95. A client stays on its side.

A step passes as soon as the candidate is shown not worse in all four, with 95 % confidence for each.
As soon as it is shown worse in one, all traffic goes back to stable. If neither is shown in the
step's time, it goes back too, and the answer says how many more requests would have decided.

  etalon canary --stable http://127.0.0.1:4001 --candidate http://127.0.0.1:4002 --port 8080
  etalon canary … --step-for 10m --client-by cookie:session header:x-user-id
  etalon canary … --failed 0.5 --latency 1.1     stricter; takes more requests
  etalon canary … --stay --json > rollout.json   keep forwarding until the balancer was switched

About 800 requests to the candidate show in one step that not even 1 point more of them fail, where
none does; half the allowance takes twice as many.

Exit status: 0 promoted, 1 rolled back, 2 inconclusive (and rolled back), 3 usage, 4 a revision does
not answer or the port is taken, 5 interrupted (and rolled back).
`

/** What `etalon fault --help` says below the options. */
export const faultHelp = `
A link listens on a port of 127.0.0.1 and carries every connection to the service. Point your system
at it instead of at the service, and see what it does when the way between them is disturbed.

  etalon fault 127.0.0.1:5432 --latency 50ms --jitter 10ms
  etalon fault '15432->127.0.0.1:5432' --cut after-commit       the commit is done, nobody is told
  etalon fault 127.0.0.1:5432 --fail 40001 --when 'before:^update' --times 2   then it recovers
  etalon fault 127.0.0.1:6379 --half-open 'before:^SET session:' --after 10s --for 30s
  etalon fault 127.0.0.1:7700 --protocol postgres --reset before-commit --share 10% --seed 4f1c

A moment is before-commit, after-commit, before:PATTERN or after:PATTERN; the pattern is a regular
expression on the SQL text, or on a Redis command and its arguments. after: takes the whole answer,
once the service has done what was asked. Without a moment a fault takes everything. Messages are
read on links to PostgreSQL (5432) and Redis (6379), elsewhere with --protocol; what speaks TLS is
forwarded unread.

Ctrl-C heals everything, prints what was touched and ends. Only services of this machine.

Exit status: 0 every fault touched something, 2 one touched nothing, 3 usage, 4 nothing listens
there or the port is taken.
`

/** What `etalon compare --help` says below the options. */
export const compareHelp = `
In every round each claim runs on both revisions, one right after the other in an order that is drawn,
each time on a fresh instance with servers of its own. What is compared are the figures of the claims:
durations, rates and sizes. The claims are those of the working tree on both sides. The figures of a
comparison share its chance of error: one in twenty calls anything slower where nothing is.

  etalon compare shop --base main
  etalon compare shop --base v1.2.0 --only SHOP-PERF-01 --rounds 20 --tolerance 10%
  etalon compare shop --base ../shop-before --format markdown > comparison.md

Eight rounds suffice for a dozen figures; what is undecided says how many would decide it.

Exit status: 0 nothing is worse beyond the tolerance, 1 something is shown to be, 2 it cannot tell,
3 usage, 4 environment, 5 interrupted.
`
