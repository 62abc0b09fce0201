/** The calls of people and of the application: account, exports, downloads, gate. */
@NullMarked
package dev.exeunt.spring.web.person;

import org.jspecify.annotations.NullMarked;
