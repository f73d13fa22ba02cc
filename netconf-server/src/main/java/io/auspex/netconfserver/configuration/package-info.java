/** The NETCONF server as configuration: ietf-netconf-server (draft-ietf-netconf-netconf-client-server). */
@NullMarked
package io.auspex.netconfserver.configuration;

import org.jspecify.annotations.NullMarked;
