/** NETCONF devices with scripted faults, for the demo and the tests. */
@NullMarked
package io.auspex.devicesimulator;

import org.jspecify.annotations.NullMarked;
