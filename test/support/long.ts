/** Whether this is the long run, `npm run test:long`: as many rounds as docs/reliability.md asks for. */
export const IS_LONG = process.env['ROLLCALL_LONG'] === '1';
