/** From a request to the erasure and back: requests and their states, flows, guards, warnings, gate, reaper. */
@NullMarked
package dev.exeunt.internal.request;

import org.jspecify.annotations.NullMarked;
