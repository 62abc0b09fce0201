/** What those who write an archive of their own can build on. */
@NullMarked
package dev.exeunt.archive.spi;

import org.jspecify.annotations.NullMarked;
