/** A small shop on Spring Boot with entities, migrations and a login of its own, which answers its shoppers' requests. */
@NullMarked
package dev.exeunt.examples.shop;

import org.jspecify.annotations.NullMarked;
