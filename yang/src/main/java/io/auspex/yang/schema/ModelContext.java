package io.auspex.yang.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.Module;

/** All modules that a server implements, compiled: the schema tree, the identities and the module texts. */
public final class ModelContext {
    private static final int CONTENT_ID_BYTES = 16;

    private final EffectiveModelContext effective;
    private final SchemaNode root;
    private final Map<String, ModuleInfo> modules;
    private final Map<String, ModuleInfo> modulesByNamespace;
    private final Map<String, Map<String, SchemaNode>> rpcs;
    private final Map<String, Map<String, SchemaNode>> notifications;
    private final Map<String, Identity> identities;
    private final Set<String> annotations;
    private final Map<String, String> texts;
    private final String contentId;

    ModelContext(EffectiveModelContext effective, Map<String, String> texts) {
        this.effective = effective;
        this.texts = Map.copyOf(texts);
        var compiler = new SchemaCompiler(effective);
        root = compiler.compile();
        modules = compiler.modules();
        modulesByNamespace = modules.values().stream()
                .collect(Collectors.toUnmodifiableMap(ModuleInfo::namespace, Function.identity()));
        rpcs = byModuleAndName(root.operations());
        notifications = byModuleAndName(root.notifications());
        identities = Map.copyOf(compiler.identities());
        annotations = Set.copyOf(compiler.annotations());
        contentId = contentId(modules.values());
        root.model(this);
    }

    private static Map<String, Map<String, SchemaNode>> byModuleAndName(Collection<SchemaNode> nodes) {
        return nodes.stream()
                .collect(Collectors.groupingBy(
                        n -> n.module().name(), Collectors.toMap(SchemaNode::name, Function.identity())));
    }

    /** The root of the data tree; its operations are the rpcs, its notifications the top-level ones. */
    public SchemaNode root() {
        return root;
    }

    public Collection<ModuleInfo> modules() {
        return List.copyOf(modules.values());
    }

    /** A hash over the modules, which changes when, and only when, they do: that of the YANG library (RFC 8525 §3). */
    public String contentId() {
        return contentId;
    }

    private static String contentId(Collection<ModuleInfo> modules) {
        var text = modules.stream().map(ModuleInfo::toString).sorted().collect(Collectors.joining("\n"));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, CONTENT_ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Optional<ModuleInfo> module(String name) {
        return Optional.ofNullable(modules.get(name));
    }

    public Optional<ModuleInfo> moduleOfNamespace(String namespace) {
        return Optional.ofNullable(modulesByNamespace.get(namespace));
    }

    /** An identity by {@code module:name}. */
    public Optional<Identity> identity(String qualifiedName) {
        return Optional.ofNullable(identities.get(qualifiedName));
    }

    public Collection<Identity> identities() {
        return identities.values();
    }

    /** True when a module defines that annotation (RFC 7952 §3). */
    public boolean hasAnnotation(String module, String name) {
        return annotations.contains(module + ":" + name);
    }

    /** The rpc of that module and name. */
    public Optional<SchemaNode> rpc(String module, String name) {
        return Optional.ofNullable(rpcs.getOrDefault(module, Map.of()).get(name));
    }

    /** The top-level notification of that module and name. */
    public Optional<SchemaNode> notification(String module, String name) {
        return Optional.ofNullable(notifications.getOrDefault(module, Map.of()).get(name));
    }

    /** The text of a module or submodule, for schema retrieval (RFC 6022 §3.1, RFC 8040 §3.7). */
    public Optional<String> text(String moduleOrSubmodule) {
        return Optional.ofNullable(texts.get(moduleOrSubmodule));
    }

    /** The features of a module that are supported: all that it has but those that this server lacks. */
    public List<String> features(String module) {
        return effective.findModules(module).stream()
                .flatMap(m -> m.getFeatures().stream())
                .map(f -> f.getQName().getLocalName())
                .filter(f -> Features.isSupported(module, f))
                .sorted()
                .toList();
    }

    /** The modules that have deviations from a module (RFC 7950 §7.20.3). */
    public List<String> deviations(String module) {
        return effective.findModules(module).stream()
                .flatMap(target -> effective.getModules().stream()
                        .filter(m -> m.getDeviations().stream()
                                .anyMatch(d -> d.getTargetPath()
                                        .lastNodeIdentifier()
                                        .getModule()
                                        .equals(target.getQNameModule()))))
                .map(Module::getName)
                .sorted()
                .toList();
    }

    /** The submodules of a module, name to revision; the revision is empty when there is none. */
    public Map<String, String> submodules(String module) {
        var found = new TreeMap<String, String>();
        effective.findModules(module).stream()
                .flatMap(m -> m.getSubmodules().stream())
                .forEach(s -> found.put(
                        s.getName(), s.getRevision().map(Object::toString).orElse("")));
        return found;
    }

    /** Resolves module names as prefixes, as JSON has them (RFC 7951 §6.8). */
    public Prefixes jsonPrefixes() {
        return this::module;
    }

    /** The model as YANG Tools has it, for its binding codec. */
    public EffectiveModelContext effective() {
        return effective;
    }
}
