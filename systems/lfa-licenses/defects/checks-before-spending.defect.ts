import { defect, sources } from 'etalon'

export default defect(
  'a spend reads the balance, checks it, and takes the credits without a lock',
  {
    refutes: ['LFA-D-09'],
    plant: sources(
      {
        file: 'src/operation/credit.ts',
        find: `const license = await lockLicense(tx, actor, specialization, { id: licenseId, purpose: 'hold' })`,
        replace: `const [license] = await licenses[specialization].byId(tx, licenseId, actor.id)
  if (license.credit_balance < spend.amount) throw fail('LFA_CREDITS_INSUFFICIENT')`,
      },
      {
        file: 'src/operation/credit.ts',
        find: 'const enrollment = await lockEnrollment(tx, id, actor.id)',
        replace: 'const enrollment = seen',
      },
      {
        file: 'src/store/credit.ts',
        find: `'l.credit_balance >= $3',`,
        replace: `'true',`,
      },
    ),
  },
)
