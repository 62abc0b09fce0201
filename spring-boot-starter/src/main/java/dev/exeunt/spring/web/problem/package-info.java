/** Answers every fault as a problem document (RFC 9457). */
@NullMarked
package dev.exeunt.spring.web.problem;

import org.jspecify.annotations.NullMarked;
