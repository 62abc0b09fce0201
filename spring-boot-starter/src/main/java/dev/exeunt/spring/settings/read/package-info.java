/** Reads what the operator set, from everywhere Spring looks, and tells all faults at once. */
@NullMarked
package dev.exeunt.spring.settings.read;

import org.jspecify.annotations.NullMarked;
