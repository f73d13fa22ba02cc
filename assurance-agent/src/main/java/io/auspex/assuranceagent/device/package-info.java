/** The device inventory of running as sessions, what is collected over them, and the state of the devices. */
@NullMarked
package io.auspex.assuranceagent.device;

import org.jspecify.annotations.NullMarked;
