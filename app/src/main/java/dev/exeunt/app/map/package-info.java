/** Commands about the data map and the tables; none is about one person. */
@NullMarked
package dev.exeunt.app.map;

import org.jspecify.annotations.NullMarked;
