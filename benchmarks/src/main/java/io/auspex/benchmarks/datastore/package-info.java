/** Figures of the datastore: P3, P3d, P4, P7 and P11. */
@NullMarked
package io.auspex.benchmarks.datastore;

import org.jspecify.annotations.NullMarked;
