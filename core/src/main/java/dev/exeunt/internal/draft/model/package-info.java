/** What is known while a draft is being made: tables, what refers to them, and the roles found so far. */
@NullMarked
package dev.exeunt.internal.draft.model;

import org.jspecify.annotations.NullMarked;
