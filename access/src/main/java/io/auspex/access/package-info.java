/** Principals, local users, password checks and access decisions. */
@NullMarked
package io.auspex.access;

import org.jspecify.annotations.NullMarked;
