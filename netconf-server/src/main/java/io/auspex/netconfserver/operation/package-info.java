/** What a client may ask for, as data, and how it is read from the XML of an rpc; nothing here does it. */
@NullMarked
package io.auspex.netconfserver.operation;

import org.jspecify.annotations.NullMarked;
