/** The product's own tables, in a schema of the application's database, and the migrations that make them. */
@NullMarked
package dev.exeunt.store;

import org.jspecify.annotations.NullMarked;
