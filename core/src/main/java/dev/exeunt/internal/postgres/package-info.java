/** What only PostgreSQL knows: quoting, tokens, SQL templates, the search path. */
@NullMarked
package dev.exeunt.internal.postgres;

import org.jspecify.annotations.NullMarked;
