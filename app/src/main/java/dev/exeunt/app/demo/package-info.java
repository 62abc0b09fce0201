/** The demo: a server, a sample, and the whole story told with the program's own commands. */
@NullMarked
package dev.exeunt.app.demo;

import org.jspecify.annotations.NullMarked;
