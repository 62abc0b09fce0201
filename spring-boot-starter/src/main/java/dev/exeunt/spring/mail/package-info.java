/** Messages to people by e-mail: their texts, the connection to the mail server, and the worker that sends what waits. */
@NullMarked
package dev.exeunt.spring.mail;

import org.jspecify.annotations.NullMarked;
