/** Fills the history with what the engine says, and answers what it is asked about the past (RFC 9418 §3.2). */
@NullMarked
package io.auspex.assuranceagent.past;

import org.jspecify.annotations.NullMarked;
