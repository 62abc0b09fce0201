/** Runs scheduled work: due erasures, exports and clean-ups, shared by any number of instances. */
@NullMarked
package dev.exeunt.internal.work;

import org.jspecify.annotations.NullMarked;
