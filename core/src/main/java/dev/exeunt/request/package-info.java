/** Requests to delete data, deactivate or delete an account: their states, refusals and answers. */
@NullMarked
package dev.exeunt.request;

import org.jspecify.annotations.NullMarked;
