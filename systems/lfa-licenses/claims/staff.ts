/** The admin whom the template database holds; his password is the secret `admin-password`. */
export const adminEmail = 'admin@lfa.example'
