/** The settings of an instance, as its beans get them. Package {@code read} reads them. */
@NullMarked
package dev.exeunt.spring.settings;

import org.jspecify.annotations.NullMarked;
