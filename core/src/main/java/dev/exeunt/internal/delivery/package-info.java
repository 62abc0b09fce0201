/** Exports that are made in the background and fetched later: jobs, limits, expiry, and how an archive is handed over. */
@NullMarked
package dev.exeunt.internal.delivery;

import org.jspecify.annotations.NullMarked;
