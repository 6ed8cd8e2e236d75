import { sql, type Plant } from 'etalon'

/** Changes the text of a function of the database, which has to hold what is replaced. */
export function changedFunction(name: string, find: string, replace: string): Plant {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
  return sql(`do $change$
declare
  v_text constant text := pg_get_functiondef('${name}'::regproc);
begin
  if position(${quoted(find)} in v_text) = 0 then
    raise exception 'the text of ${name} does not hold what is to be changed';
  end if;
  execute replace(v_text, ${quoted(find)}, ${quoted(replace)});
end
$change$`)
}
