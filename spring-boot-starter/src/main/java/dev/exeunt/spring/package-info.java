/**
 * Configures Exeunt in a Spring Boot application. Nothing is configured unless {@code exeunt.map} is set. The application can replace each
 * bean by one of its own.
 */
@NullMarked
package dev.exeunt.spring;

import org.jspecify.annotations.NullMarked;
