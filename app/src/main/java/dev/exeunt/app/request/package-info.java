/** Commands that submit, withdraw, show and carry out requests. */
@NullMarked
package dev.exeunt.app.request;

import org.jspecify.annotations.NullMarked;
