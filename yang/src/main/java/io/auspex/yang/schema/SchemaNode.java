package io.auspex.yang.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * One node of the compiled schema that can have data instances, or an operation, its input or output, or a notification
 * (RFC 7950 §3).
 *
 * <p>Choices and cases are not nodes: a node that stands in a case says so by {@link #inCase()}. Children are in schema
 * order, the keys of a list first; {@link #index()} is the place of a node among its siblings. Instances are compared by
 * identity: there is one per schema node of a {@link ModelContext}.
 */
public final class SchemaNode {
    private final NodeKind kind;
    private final ModuleInfo module;
    private final QName qname;
    private final @Nullable SchemaNode parent;
    private final boolean config;
    private final SchemaFacts facts;
    private final @Nullable ChoiceCase inCase;
    private final String jsonName;
    private final SerializableString encodedName;
    private final SerializableString encodedQualifiedName;

    private List<SchemaNode> children = List.of();
    private Map<String, List<SchemaNode>> byName = Map.of();
    private Map<String, SchemaNode> byMember = Map.of();
    private List<SchemaNode> keys = List.of();
    private List<Choice> choices = List.of();
    private List<SchemaNode> operations = List.of();
    private List<SchemaNode> notifications = List.of();
    private int index;

    @Nullable
    private ModelContext model;

    SchemaNode(
            NodeKind kind,
            ModuleInfo module,
            QName qname,
            @Nullable SchemaNode parent,
            boolean config,
            @Nullable ChoiceCase inCase,
            SchemaFacts facts) {
        this.kind = kind;
        this.module = module;
        this.qname = qname;
        this.parent = parent;
        this.config = config;
        this.inCase = inCase;
        this.facts = facts;
        this.jsonName = parent == null || parent.module != module
                ? module.name() + ":" + qname.getLocalName()
                : qname.getLocalName();
        this.encodedName = new SerializedString(jsonName);
        this.encodedQualifiedName = new SerializedString(qualifiedName());
        encodedName.asQuotedUTF8();
        encodedQualifiedName.asQuotedUTF8();
    }

    void complete(List<SchemaNode> nodes, List<String> keyNames, List<Choice> directChoices) {
        var ordered = new ArrayList<SchemaNode>(nodes.size());
        for (var key : keyNames) {
            nodes.stream()
                    .filter(n -> n.name().equals(key) && n.module == module)
                    .findFirst()
                    .ifPresent(ordered::add);
        }
        keys = List.copyOf(ordered);
        nodes.stream().filter(n -> !keys.contains(n)).forEach(ordered::add);
        children = List.copyOf(ordered);
        choices = List.copyOf(directChoices);
        var names = new HashMap<String, List<SchemaNode>>();
        for (var i = 0; i < children.size(); i++) {
            var child = children.get(i);
            child.index = i;
            names.computeIfAbsent(child.name(), _ -> new ArrayList<>(1)).add(child);
        }
        byName = names;
        var members = new HashMap<String, SchemaNode>();
        for (var child : children) {
            members.put(child.jsonName, child);
            members.put(child.qualifiedName(), child);
        }
        byMember = members;
    }

    void model(ModelContext context) {
        model = context;
    }

    void operations(List<SchemaNode> nodes) {
        operations = List.copyOf(nodes);
    }

    void notifications(List<SchemaNode> nodes) {
        notifications = List.copyOf(nodes);
    }

    /** The model that this node belongs to. */
    public ModelContext model() {
        for (var at = this; at != null; at = at.parent) {
            if (at.model != null) {
                return at.model;
            }
        }
        throw new IllegalStateException(this + " belongs to no complete model");
    }

    public NodeKind kind() {
        return kind;
    }

    public ModuleInfo module() {
        return module;
    }

    /** The local name. */
    public String name() {
        return qname.getLocalName();
    }

    public String namespace() {
        return module.namespace();
    }

    /** The name as YANG Tools has it, with the revision of the module. */
    public QName qname() {
        return qname;
    }

    /** The name as a JSON member below its parent: qualified where the parent is of another module (RFC 7951 §4). */
    public String jsonName() {
        return jsonName;
    }

    /** The module-qualified name, {@code module:name}. */
    public String qualifiedName() {
        return module.name() + ":" + name();
    }

    /** {@link #jsonName()}, encoded once. */
    public SerializableString encodedName() {
        return encodedName;
    }

    /** {@link #qualifiedName()}, encoded once. */
    public SerializableString encodedQualifiedName() {
        return encodedQualifiedName;
    }

    /**
     * The child of a JSON member name, which is qualified where the child's module is another one (RFC 7951 §4); also
     * taken where it is qualified without need. Null when there is none.
     */
    public @Nullable SchemaNode member(String memberName) {
        return byMember.get(memberName);
    }

    public Optional<SchemaNode> parent() {
        return Optional.ofNullable(parent);
    }

    /** Place among the siblings, from 0, in schema order with list keys first. */
    public int index() {
        return index;
    }

    /** True for configuration, false for state; false for operations and notifications. */
    public boolean config() {
        return config;
    }

    public List<SchemaNode> children() {
        return children;
    }

    /** The child of that local name of this node's own module, else the only child of that name in any module. */
    public Optional<SchemaNode> child(String name) {
        var all = byName.getOrDefault(name, List.of());
        for (var node : all) {
            if (node.module == module) {
                return Optional.of(node);
            }
        }
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    /** The child of that module and local name. */
    public Optional<SchemaNode> child(String moduleName, String name) {
        for (var node : byName.getOrDefault(name, List.of())) {
            if (node.module.name().equals(moduleName)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    /** The children of that local name, of whatever modules. */
    public List<SchemaNode> childrenNamed(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** The child of that XML namespace and local name. */
    public Optional<SchemaNode> childInNamespace(String namespace, String name) {
        for (var node : byName.getOrDefault(name, List.of())) {
            if (node.module.namespace().equals(namespace)) {
                return Optional.of(node);
            }
        }
        return Optional.empty();
    }

    /** The key leaves of a list in the order of its key statement; empty for a keyless list and for all other kinds. */
    public List<SchemaNode> keys() {
        return keys;
    }

    public boolean isKey() {
        return parent != null && parent.keys.contains(this);
    }

    /** The choices that stand directly in this node, not those in a case. */
    public List<Choice> choices() {
        return choices;
    }

    /** The innermost case that this node stands in. */
    public Optional<ChoiceCase> inCase() {
        return Optional.ofNullable(inCase);
    }

    /** The actions of this node; the rpcs when this is the root. */
    public List<SchemaNode> operations() {
        return operations;
    }

    /** The notifications of this node. */
    public List<SchemaNode> notifications() {
        return notifications;
    }

    /** The type of a leaf or leaf-list. */
    public ValueType type() {
        if (facts.type == null) {
            throw new IllegalStateException(this + " is a " + kind + " and has no type");
        }
        return facts.type;
    }

    /** The default value of a leaf, the default values of a leaf-list; empty when there is none (RFC 7950 §7.6.1). */
    public List<Object> defaults() {
        return facts.defaults;
    }

    public boolean mandatory() {
        return facts.mandatory;
    }

    /** True for a container whose existence means something by itself (RFC 7950 §7.5.1). */
    public boolean presence() {
        return facts.presence;
    }

    public boolean userOrdered() {
        return facts.userOrdered;
    }

    public int minElements() {
        return facts.minElements;
    }

    /** Largest number of entries; {@link Integer#MAX_VALUE} when unbounded. */
    public int maxElements() {
        return facts.maxElements;
    }

    public List<Must> musts() {
        return facts.musts;
    }

    public List<When> whens() {
        return facts.whens;
    }

    /** The unique constraints of a list, each the paths of its leaves below an entry (RFC 7950 §7.8.3). */
    public List<List<List<SchemaNode>>> uniques() {
        return facts.uniques;
    }

    public Optional<String> description() {
        return Optional.ofNullable(facts.description);
    }

    /** The extension statements on this node, as {@code namespace#name}, for example
     * {@code urn:ietf:params:xml:ns:yang:ietf-netconf-acm#default-deny-all}. */
    public List<String> extensions() {
        return facts.extensions;
    }

    public boolean isLeafLike() {
        return kind == NodeKind.LEAF || kind == NodeKind.LEAF_LIST;
    }

    /** The schema path, {@code /module:name/name}. */
    @Override
    public String toString() {
        return parent == null ? "" : parent + "/" + jsonName;
    }
}
