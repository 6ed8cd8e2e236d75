import { defect, rebuilt } from 'etalon'

export default defect('documents cannot be undone once somebody has written one', {
  refutes: ['JEEX-REQ-003'],
  plant: rebuilt('migrations/0004-create-documents.sql', {
    find: 'drop table document_versions;',
    replace: `do $$
begin
  if exists (select from document_versions) then raise 'There are documents'; end if;
end
$$;
drop table document_versions;`,
  }),
})
