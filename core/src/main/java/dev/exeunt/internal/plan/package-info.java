/** What a plan is: bound tables and roles, steps and their order. Pure; nothing here, in bind or in proof talks to a database. */
@NullMarked
package dev.exeunt.internal.plan;

import org.jspecify.annotations.NullMarked;
