/** What is done without anybody asking at that moment: due erasures, exports, clean-ups; shared by any number of instances. */
@NullMarked
package dev.exeunt.internal.work;

import org.jspecify.annotations.NullMarked;
