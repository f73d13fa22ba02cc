package io.auspex.yang.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.AnnotationName;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Revision;
import org.opendaylight.yangtools.yang.model.api.ActionNodeContainer;
import org.opendaylight.yangtools.yang.model.api.AnydataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.AnyxmlSchemaNode;
import org.opendaylight.yangtools.yang.model.api.AugmentationTarget;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerLike;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.EffectiveStatementEquivalent;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.NotificationNodeContainer;
import org.opendaylight.yangtools.yang.model.api.OperationDefinition;
import org.opendaylight.yangtools.yang.model.api.TypedDataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.WhenConditionAware;
import org.opendaylight.yangtools.yang.model.api.stmt.TypeEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.UnknownEffectiveStatement;

/** Compiles the effective model of YANG Tools into {@link SchemaNode}s. */
final class SchemaCompiler {
    private final EffectiveModelContext model;
    private final Map<String, ModuleInfo> modules = new LinkedHashMap<>();
    private final Map<String, ModuleInfo> byNamespace = new HashMap<>();
    private final Map<String, Identity> identities = new HashMap<>();
    private final List<SchemaNode> leafs = new ArrayList<>();
    private final Map<SchemaNode, SchemaFacts> factsOf = new HashMap<>();
    private final SchemaNode root;
    private final TypeCompiler types;
    private final DeclaredPrefixes prefixes;

    SchemaCompiler(EffectiveModelContext model) {
        this.model = model;
        for (var module : model.getModules()) {
            var info = new ModuleInfo(
                    module.getName(),
                    module.getNamespace().toString(),
                    module.getPrefix(),
                    module.getRevision().map(Revision::toString).orElse(null));
            modules.put(info.name(), info);
            byNamespace.put(info.namespace(), info);
        }
        prefixes = new DeclaredPrefixes(model, modules);
        compileIdentities();
        root = new SchemaNode(
                NodeKind.ROOT,
                new ModuleInfo("", "", "", null),
                EffectiveModelContext.NAME,
                null,
                true,
                null,
                new SchemaFacts());
        types = new TypeCompiler(identities, i -> identity(i.getQName()), root, new TypeStatements(model));
    }

    Map<String, ModuleInfo> modules() {
        return modules;
    }

    Map<String, Identity> identities() {
        return identities;
    }

    /** The annotations that modules define (RFC 7952 §3), as {@code module:name}. */
    Set<String> annotations() {
        var found = new HashSet<String>();
        for (var module : model.getModules()) {
            for (var statement : module.asEffectiveStatement().effectiveSubstatements()) {
                if (statement instanceof UnknownEffectiveStatement<?, ?>
                        && statement.argument() instanceof AnnotationName name) {
                    found.add(module.getName() + ":" + name.qname().getLocalName());
                }
            }
        }
        return found;
    }

    SchemaNode compile() {
        var children = new Children(root);
        for (var module : model.getModules()) {
            children.add(module, null, List.of());
        }
        children.complete(List.of());
        root.operations(model.getOperations().stream()
                .map(rpc -> operation(rpc, root, NodeKind.RPC))
                .toList());
        root.notifications(notifications(root, model.getNotifications()));
        resolve();
        return root;
    }

    private void compileIdentities() {
        for (var module : model.getModules()) {
            for (var node : module.getIdentities()) {
                var identity =
                        new Identity(module(node.getQName()), node.getQName().getLocalName());
                identities.put(identity.toString(), identity);
            }
        }
        for (var module : model.getModules()) {
            for (var node : module.getIdentities()) {
                var all = new HashSet<Identity>();
                collectBases(node, all);
                identity(node.getQName()).ancestors(all);
            }
        }
    }

    private void collectBases(IdentitySchemaNode node, Set<Identity> all) {
        for (var base : node.getBaseIdentities()) {
            if (all.add(identity(base.getQName()))) {
                collectBases(base, all);
            }
        }
    }

    private Identity identity(QName name) {
        return Optional.ofNullable(identities.get(module(name).name() + ":" + name.getLocalName()))
                .orElseThrow(() -> new ModelException("identity " + name + " is not in the model"));
    }

    private ModuleInfo module(QName name) {
        return Optional.ofNullable(byNamespace.get(name.getNamespace().toString()))
                .orElseThrow(() -> new ModelException("module of " + name + " is not in the model"));
    }

    /** Types, defaults and unique constraints refer to other nodes, so they are filled in last. */
    private void resolve() {
        var leafrefs = new LeafrefResolver(root);
        for (var leaf : leafs) {
            for (var leafref : TypeCompiler.leafrefs(leaf.type())) {
                leafrefs.resolve(leaf, leafref);
            }
        }
        leafs.forEach(leafrefs::chain);
        for (var leaf : leafs) {
            var facts = facts(leaf);
            var texts = facts.defaultTexts;
            facts.defaultTexts = List.of();
            var values = new ArrayList<Object>();
            for (var text : texts) {
                try {
                    values.add(leaf.type().parseDefault(text.text(), prefixes(leaf)));
                } catch (InvalidValueException e) {
                    throw new ModelException("default of " + leaf + ": " + e.getMessage(), e);
                }
            }
            facts.defaults = List.copyOf(values);
        }
    }

    /** Prefixes of a default are those of the module that wrote it; its imports tell them. */
    private Prefixes prefixes(SchemaNode leaf) {
        return prefix -> {
            if (prefix.isEmpty() || prefix.equals(leaf.module().prefix())) {
                return Optional.of(leaf.module());
            }
            return model.findModules(leaf.module().name()).stream()
                    .flatMap(m -> m.getImports().stream())
                    .filter(i -> i.getPrefix().equals(prefix))
                    .map(i -> modules.get(i.getModuleName().getLocalName()))
                    .findFirst()
                    .or(() -> modules.values().stream()
                            .filter(m -> m.prefix().equals(prefix))
                            .findFirst());
        };
    }

    private SchemaFacts facts(SchemaNode node) {
        return factsOf.computeIfAbsent(node, _ -> new SchemaFacts());
    }

    private SchemaNode node(
            NodeKind kind,
            QName name,
            @Nullable SchemaNode parent,
            boolean config,
            @Nullable ChoiceCase inCase,
            SchemaFacts facts) {
        var node = new SchemaNode(kind, module(name), name, parent, config, inCase, facts);
        factsOf.put(node, facts);
        return node;
    }

    private SchemaNode operation(OperationDefinition operation, SchemaNode parent, NodeKind kind) {
        var facts = SchemaFacts.of(operation, prefixes);
        var node = node(kind, operation.getQName(), parent, false, null, facts);
        var input = part(NodeKind.INPUT, operation.getInput(), node);
        var output = part(NodeKind.OUTPUT, operation.getOutput(), node);
        node.complete(List.of(input, output), List.of(), List.of());
        return node;
    }

    private SchemaNode part(NodeKind kind, ContainerLike part, SchemaNode operation) {
        var facts = SchemaFacts.of(part, prefixes);
        var node = node(kind, part.getQName(), operation, false, null, facts);
        var children = new Children(node);
        children.add(part, null, List.of());
        children.complete(List.of());
        return node;
    }

    private List<SchemaNode> notifications(
            SchemaNode parent,
            java.util.Collection<? extends org.opendaylight.yangtools.yang.model.api.NotificationDefinition> all) {
        var nodes = new ArrayList<SchemaNode>();
        for (var notification : all) {
            var facts = SchemaFacts.of(notification, prefixes);
            var node = node(NodeKind.NOTIFICATION, notification.getQName(), parent, false, null, facts);
            var children = new Children(node);
            children.add(notification, null, List.of());
            children.complete(List.of());
            nodes.add(node);
        }
        return nodes;
    }

    /** Collects the data nodes and choices below one schema node, through its choices and cases. */
    private final class Children {
        private final SchemaNode parent;
        private final List<SchemaNode> nodes = new ArrayList<>();
        private final List<Choice> choices = new ArrayList<>();

        Children(SchemaNode parent) {
            this.parent = parent;
        }

        void complete(List<String> keys) {
            parent.complete(nodes, keys, choices);
        }

        void add(DataNodeContainer container, @Nullable ChoiceCase inCase, List<When> inherited) {
            for (var child : container.getChildNodes()) {
                var whens = new ArrayList<>(inherited);
                whens.addAll(whensOfOrigin(container, child.getQName()));
                switch (child) {
                    case ChoiceSchemaNode choice -> choice(choice, inCase, whens);
                    default -> nodes.add(data(child, inCase, whens));
                }
            }
        }

        private void choice(ChoiceSchemaNode schema, @Nullable ChoiceCase inCase, List<When> inherited) {
            var choice = new Choice(schema.getQName(), module(schema.getQName()), parent, inCase, schema.isMandatory());
            (inCase == null ? choices : inCase.nested).add(choice);
            var whens = new ArrayList<>(inherited);
            SchemaFacts.when(schema, true, prefixes).ifPresent(whens::add);
            choice.whens = List.copyOf(whens);
            for (var branch : schema.getCases()) {
                var caseWhens = new ArrayList<>(whens);
                caseWhens.addAll(whensOfOrigin(schema, branch.getQName()));
                SchemaFacts.when(branch, true, prefixes).ifPresent(caseWhens::add);
                var compiled = new ChoiceCase(choice, branch.getQName());
                choice.cases.add(compiled);
                add(branch, compiled, caseWhens);
            }
            schema.getDefaultCase()
                    .ifPresent(d -> choice.defaultCase = choice.cases.stream()
                            .filter(c -> c.qname().equals(d.getQName()))
                            .findFirst()
                            .orElseThrow());
        }

        private SchemaNode data(DataSchemaNode schema, @Nullable ChoiceCase inCase, List<When> inherited) {
            var facts = SchemaFacts.of(schema, prefixes);
            var whens = new ArrayList<>(inherited);
            whens.addAll(facts.whens);
            facts.whens = List.copyOf(whens);
            var config = parent.config() && schema.effectiveConfig().orElse(true);
            var node = node(kind(schema), schema.getQName(), parent, config, inCase, facts);
            if (inCase != null) {
                inCase.members.add(node);
            }
            if (schema instanceof TypedDataSchemaNode typed) {
                facts.type = types.compile(typed.getType(), statement(typed), node.module());
                leafs.add(node);
            }
            if (schema instanceof DataNodeContainer container) {
                var children = new Children(node);
                children.add(container, null, List.of());
                var keys = schema instanceof ListSchemaNode list ? list.getKeyDefinition() : List.<QName>of();
                children.complete(keys.stream().map(QName::getLocalName).toList());
            }
            if (schema instanceof ListSchemaNode list) {
                facts.uniques = uniques(list, node);
            }
            if (schema instanceof ActionNodeContainer actions) {
                node.operations(actions.getActions().stream()
                        .map(a -> operation(a, node, NodeKind.ACTION))
                        .toList());
            }
            if (schema instanceof NotificationNodeContainer container) {
                node.notifications(notifications(node, container.getNotifications()));
            }
            return node;
        }
    }

    private static List<List<List<SchemaNode>>> uniques(ListSchemaNode list, SchemaNode node) {
        var uniques = new ArrayList<List<List<SchemaNode>>>();
        for (var unique : list.getUniqueConstraints()) {
            var paths = new ArrayList<List<SchemaNode>>();
            for (var path : unique.argument()) {
                var steps = new ArrayList<SchemaNode>();
                var at = node;
                for (var name : path.getNodeIdentifiers()) {
                    var child = at.childInNamespace(name.getNamespace().toString(), name.getLocalName());
                    if (child.isPresent()) {
                        at = child.get();
                        steps.add(at);
                    }
                }
                paths.add(List.copyOf(steps));
            }
            uniques.add(List.copyOf(paths));
        }
        return List.copyOf(uniques);
    }

    /** The conditions of the augment or uses statements that brought a child into a container. */
    private List<When> whensOfOrigin(Object container, QName child) {
        var whens = new ArrayList<When>();
        if (container instanceof AugmentationTarget target) {
            for (var augmentation : target.getAvailableAugmentations()) {
                if (augmentation.dataChildByName(child) != null) {
                    SchemaFacts.when(augmentation, true, prefixes).ifPresent(whens::add);
                }
            }
        }
        if (container instanceof DataNodeContainer nodes) {
            for (var uses : nodes.getUses()) {
                var brought = uses.getSourceGrouping().getChildNodes().stream()
                        .anyMatch(n -> n.getQName().getLocalName().equals(child.getLocalName()));
                if (brought) {
                    SchemaFacts.when((WhenConditionAware) uses, true, prefixes).ifPresent(whens::add);
                }
            }
        }
        return whens;
    }

    private static @Nullable TypeEffectiveStatement<?> statement(TypedDataSchemaNode typed) {
        return ((EffectiveStatementEquivalent<?>) typed)
                .asEffectiveStatement()
                .findFirstEffectiveSubstatement(TypeEffectiveStatement.class)
                .orElse(null);
    }

    private static NodeKind kind(DataSchemaNode schema) {
        return switch (schema) {
            case ContainerSchemaNode _ -> NodeKind.CONTAINER;
            case ListSchemaNode _ -> NodeKind.LIST;
            case LeafSchemaNode _ -> NodeKind.LEAF;
            case LeafListSchemaNode _ -> NodeKind.LEAF_LIST;
            case AnydataSchemaNode _ -> NodeKind.ANYDATA;
            case AnyxmlSchemaNode _ -> NodeKind.ANYXML;
            default -> throw new ModelException(schema.getQName() + " is no data node");
        };
    }
}
