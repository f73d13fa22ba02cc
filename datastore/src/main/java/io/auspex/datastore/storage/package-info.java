/** The data folder: journal, snapshots and the file layer below them. */
@NullMarked
package io.auspex.datastore.storage;

import org.jspecify.annotations.NullMarked;
