/** Who calls, and who may: people and staff by their tokens, the application by a credential of its own. */
@NullMarked
package dev.exeunt.spring.signin;

import org.jspecify.annotations.NullMarked;
