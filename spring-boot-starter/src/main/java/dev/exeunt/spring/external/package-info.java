/** Tells other systems of events by signed webhooks or in the application itself, and takes what they answer. */
@NullMarked
package dev.exeunt.spring.external;

import org.jspecify.annotations.NullMarked;
