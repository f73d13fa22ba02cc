/** What the NETCONF door of the server carries. */
@NullMarked
package io.auspex.benchmarks.netconf;

import org.jspecify.annotations.NullMarked;
