import { mkdirSync, writeFileSync } from 'node:fs'
import { LOAD_CORE } from '../cores.ts'
import { freePort } from '../free-port.ts'
import { start } from '../run-command.ts'
import { ANSWERS, CHANNELS } from './answers.ts'
import { certificateFiles } from './certificate.ts'
import { DELAYS_MS, type Upstream, type UpstreamUrls } from './upstream.ts'

const NGINX = '/usr/sbin/nginx'
const ECHO_MODULE = '/usr/lib/nginx/modules/ngx_http_echo_module.so'

/** The programs that have to be there, with the Debian packages that bring them. */
export const NGINX_PARTS = [
  [NGINX, 'nginx-light'],
  [ECHO_MODULE, 'libnginx-mod-http-echo'],
] as const

/** nginx on the load's core, answering from files that it keeps open. */
export async function startNginx(directory: string): Promise<Upstream> {
  const ports = new Map<number, number>()
  for (const delay of DELAYS_MS) ports.set(delay, await freePort())
  const securePort = await freePort()
  const statusPort = await freePort()
  writeAnswers(`${directory}/answers`)
  const config = `${directory}/nginx.conf`
  writeFileSync(config, configOf(directory, ports, securePort, statusPort))
  const server = start(
    { command: NGINX, args: ['-p', directory, '-c', config, '-e', 'stderr'], cores: LOAD_CORE },
    `${directory}/nginx.log`,
  )
  const urls = Object.fromEntries([...ports].map(([delay, port]) => [delay, `http://127.0.0.1:${port}`]))
  return {
    name: 'nginx',
    urls: urls as UpstreamUrls,
    secureUrl: `https://127.0.0.1:${securePort}`,
    pid: server.pid,
    async calls() {
      const status = await (await fetch(`http://127.0.0.1:${statusPort}/`)).text()
      // The third of "accepts handled requests", with the questions for it among them.
      questions += 1
      return Number(/^ \d+ \d+ (\d+)/m.exec(status)?.[1]) - questions
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

let questions = 0

function writeAnswers(directory: string): void {
  mkdirSync(`${directory}/channels`, { recursive: true })
  for (const [name, { body }] of Object.entries(ANSWERS)) {
    writeFileSync(`${directory}/${name}.json`, JSON.stringify(body))
  }
  for (const [id, body] of CHANNELS) writeFileSync(`${directory}/channels/${id}.json`, JSON.stringify(body))
}

const configOf = (
  directory: string,
  ports: ReadonlyMap<number, number>,
  securePort: number,
  statusPort: number,
): string => `
load_module ${ECHO_MODULE};
daemon off;
master_process off;
worker_processes 1;
error_log stderr warn;
pid ${directory}/nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  default_type application/json;
  etag off;
  tcp_nodelay on;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  open_file_cache max=1000 inactive=1h;
  open_file_cache_valid 1h;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  root ${directory}/answers;
  server {
    listen 127.0.0.1:${statusPort};
    location / { stub_status; }
  }
${[...ports].map(([delay, port]) => serverOf(String(port), delay)).join('\n')}
${serverOf(secureListener(directory, securePort), 0)}
}
`

function secureListener(directory: string, port: number): string {
  const { certificate, key } = certificateFiles(directory)
  return `${port} ssl; ssl_certificate ${certificate}; ssl_certificate_key ${key}`
}

/** A file answers GET only: to other methods it is the page of that error, under the status of a success. */
const serverOf = (listener: string, delayMs: number): string => `
  server {
    listen 127.0.0.1:${listener};
    ${delayMs === 0 ? '' : `location /v2/ { echo_sleep ${delayMs / 1000}; echo_exec /later$uri; }`}
    location ~ ^${delayMs === 0 ? '' : '/later'}/v2/[^/]+/apigw/instances/[^/]+/vpc-channels$ {
      error_page 405 =201 /create.json;
      try_files /list.json =404;
    }
    location ~ ^${delayMs === 0 ? '' : '/later'}/v2/[^/]+/apigw/instances/[^/]+/vpc-channels/(?<channel>[^/]+)$ {
      try_files /channels/$channel.json =404;
    }
    location ~ ^${delayMs === 0 ? '' : '/later'}/v2/[^/]+/apic/vpc-channels$ {
      error_page 405 =200 /upsert.json;
      try_files /upsert.json =404;
    }
  }`
