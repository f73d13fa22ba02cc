package io.auspex.yang.schema;

/**
 * A when condition (RFC 7950 §7.21.5).
 *
 * @param text the expression as written in the module
 * @param prefixes those that the module binds in which it is written
 * @param onParent true when the context node is the closest data node above (a condition of an augment, uses, choice or
 *     case), false when it is the node itself
 * @param compiled what evaluates it
 */
public record When(String text, Prefixes prefixes, boolean onParent, Memo compiled) {}
