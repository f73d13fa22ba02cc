/** Composition root: configuration, wiring, life cycle, command line. */
@NullMarked
package io.auspex.server;

import org.jspecify.annotations.NullMarked;
