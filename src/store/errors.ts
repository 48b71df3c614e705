/** What can go wrong between Timbre and its database. */

/** The database can't be used; the message tells whoever runs Timbre why, and what to do. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}
