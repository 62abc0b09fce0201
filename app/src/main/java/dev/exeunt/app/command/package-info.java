/** What commands share: the options they have in common, what they say and end with. */
@NullMarked
package dev.exeunt.app.command;

import org.jspecify.annotations.NullMarked;
