/** Reads and writes the JSON and the moments of HTTP messages. */
@NullMarked
package dev.exeunt.spring.web.json;

import org.jspecify.annotations.NullMarked;
