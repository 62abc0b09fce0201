/** Writes JSON and moments as HTTP answers have them. */
@NullMarked
package dev.exeunt.spring.web.json;

import org.jspecify.annotations.NullMarked;
