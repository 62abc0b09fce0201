/** Commands that do at once what a person asks for: have, erase, and see that nothing is left. */
@NullMarked
package dev.exeunt.app.person;

import org.jspecify.annotations.NullMarked;
