/** Pure: map and schema become ordered, immutable steps and findings. Nothing here talks to a database. */
@NullMarked
package dev.exeunt.plan;

import org.jspecify.annotations.NullMarked;
