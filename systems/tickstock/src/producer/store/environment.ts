import { statement } from 'service-kit'

/** The server's version as a number, `180004` for 18.4, and in words. */
export const findVersion = statement<{ number: number; version: string }, []>(
  'environment-version',
  `select current_setting('server_version_num')::integer as number,
     current_setting('server_version') as version`,
)

/** Which of these columns the search path does not lead to; each as `table.column`. */
export const findMissingColumns = statement<{ name: string }, [names: readonly string[]]>(
  'environment-missing-columns',
  `select name from unnest($1::text[]) as name
   where not exists (
     select from pg_attribute
     where attrelid = to_regclass(split_part(name, '.', 1))
       and attname = split_part(name, '.', 2) and attnum > 0 and not attisdropped
   )
   order by name`,
)

/** Which of these functions there are none of, or none that the connected role may call. */
export const findMissingFunctions = statement<{ name: string }, [names: readonly string[]]>(
  'environment-missing-functions',
  `select name from unnest($1::text[]) as name
   where not exists (
     select from pg_proc
     where proname = name and pg_function_is_visible(oid)
       and has_function_privilege(oid, 'execute')
   )
   order by name`,
)
