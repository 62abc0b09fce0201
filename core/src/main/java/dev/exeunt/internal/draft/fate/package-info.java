/** What becomes of it: a fate for each role, what follows for others, and what each column becomes. */
@NullMarked
package dev.exeunt.internal.draft.fate;

import org.jspecify.annotations.NullMarked;
