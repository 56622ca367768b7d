/** The core of the measured server, and that of all the rest: the load, the upstream and this program. */
export const SERVER_CORE = '0'
export const LOAD_CORE = '1'
