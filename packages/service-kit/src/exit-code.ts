/** The exit code of a process that was started wrongly. */
export const usageExitCode = 3
