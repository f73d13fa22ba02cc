package io.auspex.yang.data;

import io.auspex.yang.schema.ChoiceCase;
import io.auspex.yang.schema.SchemaNode;

/** Which cases of the choices of a node are in use (RFC 7950 §7.9.3). */
public final class Cases {
    private Cases() {}

    /** True for a node in no case, and for one whose case has data or is the default beside which no other has. */
    public static boolean inUse(SchemaNode member, InnerNode parent) {
        for (var at = member.inCase().orElse(null);
                at != null;
                at = at.choice().enclosing().orElse(null)) {
            if (!hasData(at, parent)) {
                var isDefault = at.choice().defaultCase().orElse(null) == at;
                if (!isDefault || at.choice().cases().stream().anyMatch(c -> hasData(c, parent))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** True when there is data of a case, or of one within it. */
    public static boolean hasData(ChoiceCase branch, InnerNode parent) {
        for (var member : branch.members()) {
            if (parent.child(member) != null) {
                return true;
            }
        }
        for (var nested : branch.nested()) {
            for (var inside : nested.cases()) {
                if (hasData(inside, parent)) {
                    return true;
                }
            }
        }
        return false;
    }
}
