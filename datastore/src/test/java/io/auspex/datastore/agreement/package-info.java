/** Comparison of validation with another implementation. */
@org.jspecify.annotations.NullMarked
package io.auspex.datastore.agreement;
