/** What core's results look like, for people and as JSON. */
@NullMarked
package dev.exeunt.app.report;

import org.jspecify.annotations.NullMarked;
