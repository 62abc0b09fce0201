/** What the operator says: read from everywhere Spring looks, all faults told at once. */
@NullMarked
package dev.exeunt.spring.settings;

import org.jspecify.annotations.NullMarked;
