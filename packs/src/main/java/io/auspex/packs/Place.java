package io.auspex.packs;

/** A place in a file; both count from 1. */
record Place(int line, int column) {}
