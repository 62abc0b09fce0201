/** How a map is written down: names, values and comments that read back as what they were. */
@NullMarked
package dev.exeunt.internal.draft.text;

import org.jspecify.annotations.NullMarked;
