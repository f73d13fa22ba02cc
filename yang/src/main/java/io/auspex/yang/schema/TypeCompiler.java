package io.auspex.yang.schema;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.ConstraintMetaDefinition;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.stmt.TypeEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.DecimalTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int8TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LeafrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthConstraint;
import org.opendaylight.yangtools.yang.model.api.type.PatternConstraint;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint8TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/** Turns the type definitions of YANG Tools into {@link ValueType}s. */
final class TypeCompiler {
    private final Map<String, Identity> identities;
    private final Function<IdentitySchemaNode, Identity> identityOf;
    private final SchemaNode root;
    private final TypeStatements typedefs;
    private final Map<String, XsdRegex> automata = new HashMap<>();

    TypeCompiler(
            Map<String, Identity> identities,
            Function<IdentitySchemaNode, Identity> identityOf,
            SchemaNode root,
            TypeStatements typedefs) {
        this.typedefs = typedefs;
        this.identities = identities;
        this.identityOf = identityOf;
        this.root = root;
    }

    /**
     * Compiles the type of a leaf.
     *
     * @param statement the statement that gives it; null when it is not known
     */
    ValueType compile(TypeDefinition<?> type, @Nullable TypeEffectiveStatement<?> statement, ModuleInfo home) {
        return switch (type) {
            case BooleanTypeDefinition _ -> new BooleanType();
            case EmptyTypeDefinition _ -> new EmptyType();
            case Int8TypeDefinition t -> integer(IntegerType.Kind.INT8, t);
            case Int16TypeDefinition t -> integer(IntegerType.Kind.INT16, t);
            case Int32TypeDefinition t -> integer(IntegerType.Kind.INT32, t);
            case Int64TypeDefinition t -> integer(IntegerType.Kind.INT64, t);
            case Uint8TypeDefinition t -> integer(IntegerType.Kind.UINT8, t);
            case Uint16TypeDefinition t -> integer(IntegerType.Kind.UINT16, t);
            case Uint32TypeDefinition t -> integer(IntegerType.Kind.UINT32, t);
            case Uint64TypeDefinition t -> integer(IntegerType.Kind.UINT64, t);
            case DecimalTypeDefinition t ->
                new DecimalType(
                        t.getFractionDigits(),
                        ranges(t, n -> new BigDecimal(n.toString()).stripTrailingZeros()),
                        restriction(t.getRangeConstraint()));
            case StringTypeDefinition t ->
                new StringType(
                        lengths(t.getLengthConstraint()),
                        restriction(t.getLengthConstraint()),
                        patterns(t).stream().map(this::pattern).toList(),
                        t.getQName().getLocalName().equals("xpath1.0"));
            case EnumTypeDefinition t -> {
                var values = new LinkedHashMap<String, Integer>();
                t.getValues().forEach(v -> values.put(v.getName(), v.getValue()));
                yield new EnumerationType(values);
            }
            case BitsTypeDefinition t ->
                new BitsType(t.getBits().stream()
                        .sorted(Comparator.comparing(BitsTypeDefinition.Bit::getPosition))
                        .map(BitsTypeDefinition.Bit::getName)
                        .toList());
            case BinaryTypeDefinition t ->
                new BinaryType(lengths(t.getLengthConstraint()), restriction(t.getLengthConstraint()));
            case IdentityrefTypeDefinition t ->
                new IdentityrefType(
                        t.getIdentities().stream().map(identityOf::apply).toList(), identities, home);
            case InstanceIdentifierTypeDefinition t ->
                new InstanceIdentifierType(typedefs.requireInstance(statement), root);
            case LeafrefTypeDefinition t -> new LeafrefType(t.getPathStatement(), t.requireInstance());
            case UnionTypeDefinition t -> {
                var members = new ArrayList<ValueType>();
                for (var member : t.getTypes()) {
                    members.add(compile(member, typedefs.member(statement, members.size()), home));
                }
                yield new UnionType(members);
            }
            default -> throw new ModelException("type " + type.getQName() + " is none of RFC 7950 §4.2.4");
        };
    }

    private static IntegerType integer(IntegerType.Kind kind, RangeRestrictedTypeDefinition<?, ?> type) {
        RangeSet<BigInteger> ranges = ranges(type, n -> new BigInteger(n.toString()));
        return new IntegerType(kind, ranges.isEmpty() ? kind.bounds() : ranges, restriction(type.getRangeConstraint()));
    }

    private static <C extends Comparable<C>> RangeSet<C> ranges(
            RangeRestrictedTypeDefinition<?, ?> type, Function<Number, C> convert) {
        var ranges = TreeRangeSet.<C>create();
        type.getRangeConstraint()
                .ifPresent(c -> c.getAllowedRanges()
                        .asRanges()
                        .forEach(r -> ranges.add(
                                Range.closed(convert.apply((Number) r.lowerEndpoint()), convert.apply((Number)
                                        r.upperEndpoint())))));
        return ranges;
    }

    private static RangeSet<Integer> lengths(Optional<LengthConstraint> constraint) {
        return constraint
                .<RangeSet<Integer>>map(LengthConstraint::getAllowedRanges)
                .orElseGet(ImmutableRangeSet::of);
    }

    /** Those of a type and of all that it is derived from (RFC 7950 §9.4.5), innermost first. */
    private static Set<PatternConstraint> patterns(StringTypeDefinition type) {
        var all = type.getBaseType() == null
                ? new LinkedHashSet<PatternConstraint>()
                : new LinkedHashSet<>(patterns(type.getBaseType()));
        all.addAll(type.getPatternConstraints());
        return all;
    }

    private PatternRule pattern(PatternConstraint constraint) {
        var expression = constraint.getRegularExpressionString();
        return new PatternRule(
                expression,
                automata.computeIfAbsent(expression, TypeCompiler::compiled),
                constraint.getModifier().isPresent(),
                restriction(Optional.of(constraint)));
    }

    private static XsdRegex compiled(String expression) {
        try {
            return XsdRegex.compile(expression);
        } catch (XsdRegex.Refused e) {
            throw new ModelException("pattern '" + Text.shown(expression) + "', " + e.getMessage(), e);
        }
    }

    private static Restriction restriction(Optional<? extends ConstraintMetaDefinition> constraint) {
        return constraint
                .map(c -> new Restriction(
                        c.getErrorMessage().orElse(null), c.getErrorAppTag().orElse(null)))
                .orElse(Restriction.NONE);
    }

    /** The leafrefs in a type: itself, or those among the members of a union. */
    static List<LeafrefType> leafrefs(ValueType type) {
        return switch (type) {
            case LeafrefType leafref -> List.of(leafref);
            case UnionType union ->
                union.members().stream().flatMap(m -> leafrefs(m).stream()).toList();
            default -> List.of();
        };
    }
}
