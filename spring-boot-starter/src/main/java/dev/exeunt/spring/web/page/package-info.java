/** The privacy page, the receipt page and their files. */
@NullMarked
package dev.exeunt.spring.web.page;

import org.jspecify.annotations.NullMarked;
