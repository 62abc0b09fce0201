/** Finds many terms in text in one pass, as whole tokens and without regard to case. */
@NullMarked
package dev.exeunt.internal.scan.match;

import org.jspecify.annotations.NullMarked;
