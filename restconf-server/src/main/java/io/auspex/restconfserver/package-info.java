/** Northbound RESTCONF over HTTP. */
@NullMarked
package io.auspex.restconfserver;

import org.jspecify.annotations.NullMarked;
