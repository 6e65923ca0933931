/** The most operations that one bulk request has. */
export const BULK_OPERATIONS = 1_000;
/** The largest body of a bulk request, in bytes. */
export const BULK_BYTES = 1024 * 1024;
