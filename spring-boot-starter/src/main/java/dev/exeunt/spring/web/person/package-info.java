/** The calls of a person: account, exports, downloads, gate. */
@NullMarked
package dev.exeunt.spring.web.person;

import org.jspecify.annotations.NullMarked;
