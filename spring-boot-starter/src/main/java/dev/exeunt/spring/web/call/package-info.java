/** What the calls share: their bases, bodies and JSON. */
@NullMarked
package dev.exeunt.spring.web.call;

import org.jspecify.annotations.NullMarked;
