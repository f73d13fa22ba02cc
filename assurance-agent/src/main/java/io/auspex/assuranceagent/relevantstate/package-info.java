/** From the health of services to notifications of ietf-relevant-state. */
@NullMarked
package io.auspex.assuranceagent.relevantstate;

import org.jspecify.annotations.NullMarked;
