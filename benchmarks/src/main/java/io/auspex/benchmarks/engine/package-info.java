/** Figures of the assurance engine. */
@NullMarked
package io.auspex.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
