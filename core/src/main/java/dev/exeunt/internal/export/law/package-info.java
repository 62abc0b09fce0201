/** What an export tells besides rows: who is responsible, what the data is for, how long it stays, what is withheld and why. */
@NullMarked
package dev.exeunt.internal.export.law;

import org.jspecify.annotations.NullMarked;
