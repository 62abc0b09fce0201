/** The product's own tables, in a schema of the application's database, and the migrations that make them. */
@NullMarked
package dev.exeunt.internal.store;

import org.jspecify.annotations.NullMarked;
