/** A bookshop on plain JDBC that answers its customers' requests with Exeunt. */
@NullMarked
package dev.exeunt.examples.jdbc;

import org.jspecify.annotations.NullMarked;
