/** NMDA datastores: transactions, validation, journal and snapshots, operational providers. */
@NullMarked
package io.auspex.datastore;

import org.jspecify.annotations.NullMarked;
