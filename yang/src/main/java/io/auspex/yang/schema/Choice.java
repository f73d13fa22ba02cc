package io.auspex.yang.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;

/** A choice below a schema node (RFC 7950 §7.9): at most one of its cases has data. */
public final class Choice {
    private final QName qname;
    private final ModuleInfo module;
    private final SchemaNode owner;
    private final @Nullable ChoiceCase enclosing;
    private final boolean mandatory;
    final List<ChoiceCase> cases = new ArrayList<>();

    List<When> whens = List.of();

    @Nullable
    ChoiceCase defaultCase;

    Choice(QName qname, ModuleInfo module, SchemaNode owner, @Nullable ChoiceCase enclosing, boolean mandatory) {
        this.qname = qname;
        this.module = module;
        this.owner = owner;
        this.enclosing = enclosing;
        this.mandatory = mandatory;
    }

    public String name() {
        return qname.getLocalName();
    }

    public QName qname() {
        return qname;
    }

    public ModuleInfo module() {
        return module;
    }

    /** The data node that the choice stands in, through any number of enclosing cases. */
    public SchemaNode owner() {
        return owner;
    }

    /** The case of another choice that this choice stands in. */
    public Optional<ChoiceCase> enclosing() {
        return Optional.ofNullable(enclosing);
    }

    public boolean mandatory() {
        return mandatory;
    }

    /** The conditions under which the choice is there, those of what it stands in among them. */
    public List<When> whens() {
        return whens;
    }

    public List<ChoiceCase> cases() {
        return cases;
    }

    public Optional<ChoiceCase> defaultCase() {
        return Optional.ofNullable(defaultCase);
    }

    @Override
    public String toString() {
        return owner + "/(" + name() + ")";
    }
}
