/** The calls of staff, each of which is recorded. */
@NullMarked
package dev.exeunt.spring.web.staff;

import org.jspecify.annotations.NullMarked;
