package io.auspex.yang.schema;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.BelongsToStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.ImportStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.MustStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.PrefixStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.WhenStatement;

/** Which prefixes a must or when statement may use: those of the module or submodule that it is written in. */
final class DeclaredPrefixes {
    private final Map<String, ModuleInfo> modules;
    private final Map<DeclaredStatement<?>, Prefixes> origins = new IdentityHashMap<>();

    DeclaredPrefixes(EffectiveModelContext model, Map<String, ModuleInfo> modules) {
        this.modules = modules;
        for (var module : model.getModules()) {
            register(module.asEffectiveStatement().getDeclared(), module.getName());
            for (var submodule : module.getSubmodules()) {
                register(submodule.asEffectiveStatement().getDeclared(), module.getName());
            }
        }
    }

    private void register(@Nullable DeclaredStatement<?> root, String moduleName) {
        if (root == null) {
            return;
        }
        var byPrefix = new HashMap<String, ModuleInfo>();
        for (var statement : root.declaredSubstatements()) {
            switch (statement) {
                case PrefixStatement own -> put(byPrefix, own.argument(), moduleName);
                case BelongsToStatement owner ->
                    owner.declaredSubstatements().stream()
                            .filter(PrefixStatement.class::isInstance)
                            .forEach(p -> put(byPrefix, ((PrefixStatement) p).argument(), moduleName));
                case ImportStatement imported ->
                    imported.declaredSubstatements().stream()
                            .filter(PrefixStatement.class::isInstance)
                            .forEach(p -> put(
                                    byPrefix,
                                    ((PrefixStatement) p).argument(),
                                    imported.argument().getLocalName()));
                default -> {}
            }
        }
        walk(root, prefix -> Optional.ofNullable(byPrefix.get(prefix)));
    }

    private void put(Map<String, ModuleInfo> byPrefix, String prefix, String module) {
        var info = modules.get(module);
        if (info != null) {
            byPrefix.put(prefix, info);
        }
    }

    private void walk(DeclaredStatement<?> statement, Prefixes prefixes) {
        if (statement instanceof MustStatement || statement instanceof WhenStatement) {
            origins.put(statement, prefixes);
        }
        for (var inner : statement.declaredSubstatements()) {
            walk(inner, prefixes);
        }
    }

    /** The prefixes of a statement; none where it is not known. */
    Prefixes of(@Nullable DeclaredStatement<?> statement) {
        var known = statement == null ? null : origins.get(statement);
        return known == null ? _ -> Optional.empty() : known;
    }
}
