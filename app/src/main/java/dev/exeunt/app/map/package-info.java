/** Commands about the data map and the tables, and nobody in particular. */
@NullMarked
package dev.exeunt.app.map;

import org.jspecify.annotations.NullMarked;
