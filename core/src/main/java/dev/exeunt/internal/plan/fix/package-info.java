/** Suggests the lines of YAML that mend a finding. */
@NullMarked
package dev.exeunt.internal.plan.fix;

import org.jspecify.annotations.NullMarked;
