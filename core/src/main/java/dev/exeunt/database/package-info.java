/** The connection to the application's database, and the errors it reports. */
@NullMarked
package dev.exeunt.database;

import org.jspecify.annotations.NullMarked;
