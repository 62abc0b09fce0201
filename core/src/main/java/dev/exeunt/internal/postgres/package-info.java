/** What only PostgreSQL knows: quoting, sessions, SQLSTATEs, locks and who holds them. */
@NullMarked
package dev.exeunt.internal.postgres;

import org.jspecify.annotations.NullMarked;
