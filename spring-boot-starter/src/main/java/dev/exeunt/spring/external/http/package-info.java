/** Calls other systems over HTTP: at public addresses only unless allowed, without redirects, in bounded time and size. */
@NullMarked
package dev.exeunt.spring.external.http;

import org.jspecify.annotations.NullMarked;
