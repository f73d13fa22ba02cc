package io.auspex.yang.schema;

import java.util.ArrayList;
import java.util.List;
import org.opendaylight.yangtools.yang.common.QName;

/** A case of a choice (RFC 7950 §7.9.2). */
public final class ChoiceCase {
    private final Choice choice;
    private final QName qname;
    final List<SchemaNode> members = new ArrayList<>();
    final List<Choice> nested = new ArrayList<>();

    ChoiceCase(Choice choice, QName qname) {
        this.choice = choice;
        this.qname = qname;
    }

    public Choice choice() {
        return choice;
    }

    public String name() {
        return qname.getLocalName();
    }

    public QName qname() {
        return qname;
    }

    /** The data nodes that stand directly in this case. */
    public List<SchemaNode> members() {
        return members;
    }

    /** The choices that stand directly in this case. */
    public List<Choice> nested() {
        return nested;
    }
}
