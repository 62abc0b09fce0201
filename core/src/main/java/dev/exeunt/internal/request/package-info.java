/** Stores requests: their states, transactions, idempotency, used links and receipts. */
@NullMarked
package dev.exeunt.internal.request;

import org.jspecify.annotations.NullMarked;
