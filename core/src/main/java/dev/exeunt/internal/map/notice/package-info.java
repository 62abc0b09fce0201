/** What the map says to people about the use of their data: who is responsible, purposes, recipients, sources. */
@NullMarked
package dev.exeunt.internal.map.notice;

import org.jspecify.annotations.NullMarked;
