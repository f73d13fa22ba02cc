/** Measurements of the targets, each beside a peer or limit of the same run. */
@NullMarked
package io.auspex.benchmarks;

import org.jspecify.annotations.NullMarked;
