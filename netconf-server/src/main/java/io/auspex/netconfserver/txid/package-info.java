/** Transaction ids (draft-ietf-netconf-transaction-id): what a client knows of the last change of nodes, and is told of it. */
@NullMarked
package io.auspex.netconfserver.txid;

import org.jspecify.annotations.NullMarked;
