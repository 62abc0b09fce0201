/** The calls over HTTP. Nothing here decides about data: that is the core's. */
@NullMarked
package dev.exeunt.spring.web;

import org.jspecify.annotations.NullMarked;
