/** What RESTCONF does per second, beside the limits of the machine. */
@NullMarked
package io.auspex.benchmarks.restconf;

import org.jspecify.annotations.NullMarked;
