/** The keys and certificates that configuration refers to: keystore (RFC 9642) and truststore (RFC 9641). */
@NullMarked
package io.auspex.access.keystore;

import org.jspecify.annotations.NullMarked;
