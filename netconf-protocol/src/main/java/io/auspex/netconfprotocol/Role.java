package io.auspex.netconfprotocol;

/** Which end of a session this side is. */
public enum Role {
    CLIENT,
    SERVER
}
