package io.auspex.yang.data;

import io.auspex.yang.schema.ListKey;

/** Where an entry of a list or leaf-list ordered by the user goes (RFC 7950 §7.8.6, RFC 8040 §4.8.5). */
public sealed interface Position {
    /** Before all others. */
    record First() implements Position {}

    /** After all others. */
    record Last() implements Position {}

    /** Just before the entry of a key, which has to exist. */
    record Before(ListKey key) implements Position {}

    /** Just after the entry of a key, which has to exist. */
    record After(ListKey key) implements Position {}

    /** Where it is already; after all others when it is new. */
    record Unchanged() implements Position {}
}
