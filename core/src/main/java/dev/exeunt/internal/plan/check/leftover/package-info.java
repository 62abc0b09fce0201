/** The checks that warn of what an erasure leaves behind, or leaves wrong, where the map does not mention it. */
@NullMarked
package dev.exeunt.internal.plan.check.leftover;

import org.jspecify.annotations.NullMarked;
