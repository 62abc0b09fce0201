/** What an erasure would do, did and left: previews, receipts, rehearsals, residue. */
@NullMarked
package dev.exeunt.erase;

import org.jspecify.annotations.NullMarked;
