/** Files of erased people: recorded in the erasure's transaction, deleted after it. */
@NullMarked
package dev.exeunt.internal.files.deletion;

import org.jspecify.annotations.NullMarked;
