/** Events for other systems, written in the transaction of the change that they tell of. */
@NullMarked
package dev.exeunt.internal.outbox;

import org.jspecify.annotations.NullMarked;
