/** Settings of every session: the same text for the same value everywhere. */
export const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  timezone: 'UTC',
  datestyle: 'ISO',
  intervalstyle: 'postgres',
  search_path: 'public',
  default_transaction_isolation: 'serializable',
  /** Compiling a plan costs more than any statement of ours runs. */
  jit: 'off',
}
