/** What benchmarks are made with: measurements, figures against targets, settings, the shipped server as a process. */
@NullMarked
package io.auspex.benchmarks.harness;

import org.jspecify.annotations.NullMarked;
