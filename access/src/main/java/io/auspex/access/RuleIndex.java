package io.auspex.access;

import io.auspex.yang.schema.NodeKind;
import io.auspex.yang.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules of one set of groups, selected per schema node and access, so that a node costs only the rules that are about it.
 * No data and no user name is kept here: which of the selected rules matches is found anew for every instance.
 */
final class RuleIndex {
    private static final String DENY_ALL = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm#default-deny-all";
    private static final String DENY_WRITE = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm#default-deny-write";
    /** Hashes of passwords, which ietf-system only protects from being written (RFC 7317 §4): denied like what its module denies. */
    private static final Set<String> SECRETS = Set.of("/ietf-system:system/authentication/user/password");

    private static final String NETCONF = "urn:ietf:params:xml:ns:netconf:base:1.0";

    private final List<Rule> rules;
    private final Nacm.Defaults defaults;
    private final boolean permitsAll;
    private final ConcurrentHashMap<Key, Choice> choices = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, Boolean> whole = new ConcurrentHashMap<>();

    private record Key(SchemaNode node, Access access) {}

    RuleIndex(List<Rule> rules, Nacm.Defaults defaults) {
        this.rules = List.copyOf(rules);
        this.defaults = defaults;
        permitsAll = !rules.isEmpty()
                && rules.getFirst().permit()
                && rules.getFirst().matchesAll();
    }

    /** True when the same rules apply in the same order, and the same where none matches. */
    boolean decidesAs(RuleIndex other) {
        return defaults.equals(other.defaults) && rules.equals(other.rules);
    }

    /** True when the first rule already permits everything. */
    boolean permitsAll() {
        return permitsAll;
    }

    /**
     * The rules that hang on keys, in order, and what applies when none of them matches.
     *
     * @param keyed asked in order, the first that fits decides
     */
    record Choice(List<Rule> keyed, boolean otherwise) {
        boolean isConstant() {
            return keyed.isEmpty();
        }

        boolean permits(Place place, String user) {
            for (var rule : keyed) {
                if (rule.fits(place, user)) {
                    return rule.permit();
                }
            }
            return otherwise;
        }
    }

    Choice choice(SchemaNode node, Access access) {
        var key = new Key(node, access);
        var known = choices.get(key);
        if (known == null) {
            known = choose(node, access);
            choices.put(key, known);
        }
        return known;
    }

    private Choice choose(SchemaNode node, Access access) {
        var subject = subject(node);
        var keyed = new ArrayList<Rule>();
        var otherwise = -1;
        for (var rule : rules) {
            if (!rule.concerns(subject, node, access)) {
                continue;
            }
            if (!rule.needsKeys()) {
                otherwise = rule.permit() ? 1 : 0;
                break;
            }
            keyed.add(rule);
        }
        var last = otherwise < 0 ? withoutRule(subject, node, access) : otherwise == 1;
        while (!keyed.isEmpty() && keyed.getLast().permit() == last) {
            keyed.removeLast();
        }
        return new Choice(List.copyOf(keyed), last);
    }

    private static Rule.Subject subject(SchemaNode node) {
        var atTop = node.parent().filter(p -> p.kind() == NodeKind.ROOT).isPresent();
        return switch (node.kind()) {
            case RPC -> Rule.Subject.OPERATION;
            case NOTIFICATION -> atTop ? Rule.Subject.EVENT : Rule.Subject.DATA;
            default -> Rule.Subject.DATA;
        };
    }

    private boolean withoutRule(Rule.Subject subject, SchemaNode node, Access access) {
        for (SchemaNode at = node; at != null; at = at.parent().orElse(null)) {
            if (at.extensions().contains(DENY_ALL)
                    || SECRETS.contains(at.toString())
                    || access.isWrite() && at.extensions().contains(DENY_WRITE)) {
                return false;
            }
        }
        var dangerous = subject == Rule.Subject.OPERATION
                && node.namespace().equals(NETCONF)
                && (node.name().equals("kill-session") || node.name().equals("delete-config"));
        return !dangerous && defaults.permits(access);
    }

    /** True when the access is permitted to every instance of the node and of all below it. */
    boolean permitsWhole(SchemaNode node, Access access) {
        var key = new Key(node, access);
        var known = whole.get(key);
        if (known == null) {
            var choice = choice(node, access);
            known = choice.isConstant()
                    && choice.otherwise()
                    && node.children().stream().allMatch(c -> permitsWhole(c, access));
            whole.put(key, known);
        }
        return known;
    }
}
