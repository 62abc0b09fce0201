/** What the calls share: base class, bodies, answers, links. */
@NullMarked
package dev.exeunt.spring.web.call;

import org.jspecify.annotations.NullMarked;
