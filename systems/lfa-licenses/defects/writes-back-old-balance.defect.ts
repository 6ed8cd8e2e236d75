import { defect, sources } from 'etalon'

export default defect(
  'a spend writes back the balance that it read, less its amount, without a lock',
  {
    refutes: ['LFA-D-09'],
    plant: sources(
      {
        file: 'src/operation/credit.ts',
        find: 'const license = await lockLicense(tx, actor, specialization, of)',
        replace:
          'const [license] = await licenses[specialization].byId(tx, licenseId, actor.id, now)',
      },
      {
        file: 'src/operation/credit.ts',
        find: 'const enrollment = await lockEnrollment(tx, id, actor.id)',
        replace: 'const enrollment = seen',
      },
      {
        file: 'src/store/credit.ts',
        find: `'-$3::integer',
        'l.credit_balance >= $3',`,
        replace: `\`(select o.credit_balance from \${licenses} o where o.id = $1) - l.credit_balance - $3::integer\`,
        'l.credit_balance >= $3',`,
      },
    ),
  },
)
