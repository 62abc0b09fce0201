/** Assertions about data maps and erasures, for the tests of applications that use Exeunt. */
@NullMarked
package dev.exeunt.test;

import org.jspecify.annotations.NullMarked;
