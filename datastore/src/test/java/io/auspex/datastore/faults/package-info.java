/** A disk that fails on demand, and what is tried on it; for the tests of every module that stores, and for the benchmarks. */
@NullMarked
package io.auspex.datastore.faults;

import org.jspecify.annotations.NullMarked;
