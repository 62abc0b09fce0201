/** The files that exported rows name. */
@NullMarked
package dev.exeunt.internal.export.media;

import org.jspecify.annotations.NullMarked;
