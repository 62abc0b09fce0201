/** Makes hiding and locking hold inside the database: row security, triggers, and the tables they read. */
@NullMarked
package dev.exeunt.internal.enforce;

import org.jspecify.annotations.NullMarked;
