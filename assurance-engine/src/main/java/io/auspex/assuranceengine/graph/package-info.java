/** The assurance graph (RFC 9417 §3.1): subservices, their dependencies, and the checks before a change is committed. */
@NullMarked
package io.auspex.assuranceengine.graph;

import org.jspecify.annotations.NullMarked;
