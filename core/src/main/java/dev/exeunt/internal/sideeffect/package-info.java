/** Counts and searches what triggers, rules and cascades write while a person is erased. */
@NullMarked
package dev.exeunt.internal.sideeffect;

import org.jspecify.annotations.NullMarked;
