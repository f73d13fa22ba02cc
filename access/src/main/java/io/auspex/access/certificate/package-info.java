/** Clients that show a certificate: whose they are and whether they are to be trusted. */
@NullMarked
package io.auspex.access.certificate;

import org.jspecify.annotations.NullMarked;
