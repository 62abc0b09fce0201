/** Builds conditions that find data of a person in rows: keys and former values as whole tokens. */
@NullMarked
package dev.exeunt.internal.search;

import org.jspecify.annotations.NullMarked;
