/** The sockets below SSH, read and written by virtual threads that wait, in the place of callbacks on a pool of threads. */
@NullMarked
package io.auspex.netconfserver.ssh.sockets;

import org.jspecify.annotations.NullMarked;
