/** The operator whom the template database holds; his password is the secret `operator-password`. */
export const operatorEmail = 'operator@jeex.example'
