package io.auspex.yang.codec;

import io.auspex.yang.data.InnerNode;
import io.auspex.yang.schema.DataPath;

/**
 * An action as a NETCONF client invokes it (RFC 7950 §7.15.2).
 *
 * @param action the path of the action, below the node it is invoked on
 */
public record ActionCall(DataPath action, InnerNode input) {}
