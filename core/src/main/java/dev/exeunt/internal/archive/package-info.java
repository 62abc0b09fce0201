/** Signs and verifies download links. */
@NullMarked
package dev.exeunt.internal.archive;

import org.jspecify.annotations.NullMarked;
