/** The privacy page, the receipt page and the session of the browser. */
@NullMarked
package dev.exeunt.spring.web.page;

import org.jspecify.annotations.NullMarked;
