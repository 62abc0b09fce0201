/** The product in a Spring Boot application: nothing happens unless {@code exeunt.map} is set, and every bean gives way to one of the application's own. */
@NullMarked
package dev.exeunt.spring;

import org.jspecify.annotations.NullMarked;
