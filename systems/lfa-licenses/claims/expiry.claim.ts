// One instance for all of them: each claim works with licences of its own.
import './expiry/validity.ts'
import './expiry/renewal.ts'
