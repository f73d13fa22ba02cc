/** What an operator watches a server by: meters in the format of Prometheus, health, traces in the log. */
@NullMarked
package io.auspex.server.observability;

import org.jspecify.annotations.NullMarked;
