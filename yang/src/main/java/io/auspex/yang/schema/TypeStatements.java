package io.auspex.yang.schema;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.stmt.RequireInstanceEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.TypeEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.TypedefEffectiveStatement;

/**
 * What the type statements of a model say of require-instance, which is true where nothing is said (RFC 7950 §9.9.3); the
 * type definitions of YANG Tools say false of an instance-identifier then.
 */
final class TypeStatements {
    private final Map<QName, TypeEffectiveStatement<?>> typedefs = new HashMap<>();

    /** The types of the typedefs at the top of modules; those within a node are not found by name. */
    TypeStatements(EffectiveModelContext model) {
        for (var module : model.getModuleStatements().values()) {
            module.streamEffectiveSubstatements(TypedefEffectiveStatement.class)
                    .forEach(t -> t.findFirstEffectiveSubstatement(TypeEffectiveStatement.class)
                            .ifPresent(type -> typedefs.put(t.argument(), type)));
        }
    }

    boolean requireInstance(@Nullable TypeEffectiveStatement<?> statement) {
        for (var at = statement; at != null; at = typedefs.get(at.argument())) {
            var said = at.findFirstEffectiveSubstatementArgument(RequireInstanceEffectiveStatement.class);
            if (said.isPresent()) {
                return said.get();
            }
        }
        return true;
    }

    /** The statement of a member of a union; null when it is not found. */
    @Nullable
    TypeEffectiveStatement<?> member(@Nullable TypeEffectiveStatement<?> union, int number) {
        for (var at = union; at != null; at = typedefs.get(at.argument())) {
            var members = at.streamEffectiveSubstatements(TypeEffectiveStatement.class)
                    .toList();
            if (number < members.size()) {
                return members.get(number);
            }
        }
        return null;
    }
}
