import { installed } from '../debian.ts'
import { run } from '../run-command.ts'

const OPENSSL = '/usr/bin/openssl'
const DAYS = '2'

/** The self-signed certificate of the upstream, which the servers under test trust, and its key. */
export const certificateFiles = (directory: string) => ({
  certificate: `${directory}/upstream-certificate.pem`,
  key: `${directory}/upstream-key.pem`,
})

/** Makes a key (P-256) and a certificate for 127.0.0.1 that outlast the run. */
export async function makeCertificate(directory: string): Promise<void> {
  if (!(await installed(OPENSSL, 'openssl'))) throw new Error('openssl is missing')
  const { certificate, key } = certificateFiles(directory)
  const args = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const subject = ['-subj', '/CN=upstream', '-addext', 'subjectAltName=IP:127.0.0.1']
  const files = ['-days', DAYS, '-keyout', key, '-out', certificate]
  await run({ command: OPENSSL, args: [...args, ...subject, ...files], cores: '0-1023' })
}
