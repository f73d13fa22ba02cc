/** Whether acknowledged edits survive: kills, power cuts, crash states, faults of the disk, damaged files. */
@NullMarked
package io.auspex.benchmarks.durability;

import org.jspecify.annotations.NullMarked;
