// One instance for all of them but the one that moves the clock: each works with licences of its
// own.
import './expiry/validity.ts'
import './expiry/renewal.ts'
