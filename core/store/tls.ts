/** TLS: how the link to a shared server is kept from others. There is no way back to an open one. */
export type Tls = Readonly<{
  /** Certificates in PEM, one after the other, that are trusted beside nobody else; null: those the system trusts. */
  ca: string | null
}>

/** As the driver wants it: the certificate and the name in it are checked. */
export function sslOf(tls: Tls | undefined) {
  if (!tls) return {}
  return { ssl: { rejectUnauthorized: true, ...(tls.ca === null ? {} : { ca: tls.ca }) } }
}
