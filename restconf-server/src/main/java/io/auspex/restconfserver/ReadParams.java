package io.auspex.restconfserver;

import io.auspex.management.FieldSelection;
import io.auspex.management.ReadRequest.Content;
import io.auspex.management.ReadRequest.WithDefaults;
import io.auspex.management.paging.Page;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import io.auspex.yang.schema.NodeKind;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a read (RFC 8040 §4.8, RFC 8527 §3.2).
 *
 * @param fields null for all
 * @param defaults null for the basic mode of the server
 * @param page which entries, null for all
 * @param variant tells representations of one resource apart that different parameters make; empty without parameters
 */
record ReadParams(
        Content content,
        int depth,
        @Nullable FieldSelection fields,
        @Nullable WithDefaults defaults,
        boolean withOrigin,
        @Nullable Page page,
        String variant) {
    private static final Set<String> DATA = with(PageParams.NAMES, "content", "depth", "fields", "with-defaults");
    private static final Set<String> OPERATIONAL = with(DATA, "with-origin");
    private static final int MAX_DEPTH = 65_535;

    /**
     * The parameters for a target.
     *
     * @param target what is read
     * @param operational true for the operational datastore, the only one that has origins
     */
    static ReadParams of(QueryParameters query, DataPath target, boolean operational, ModelContext model)
            throws YangException {
        if (query.isEmpty()) {
            return new ReadParams(Content.ALL, Integer.MAX_VALUE, null, null, false, null, "");
        }
        var schema = target.schema();
        query.allow(
                operational ? "GET of the operational datastore" : "GET of a data resource",
                operational ? OPERATIONAL : DATA);
        var fields = query.get("fields");
        if (query.get("with-origin").filter(v -> !v.isEmpty()).isPresent()) {
            throw QueryParameters.bad("with-origin has no value");
        }
        return new ReadParams(
                content(query.get("content").orElse("all")),
                depth(query.get("depth").orElse("unbounded")),
                fields.isEmpty() ? null : FieldsParameter.parse(fields.get(), schema),
                query.has("with-defaults") ? defaults(query.get("with-defaults").orElse("")) : null,
                query.has("with-origin"),
                PageParams.of(query, schema, isWhole(target), model),
                Integer.toHexString(query.toString().hashCode()));
    }

    private static boolean isWhole(DataPath target) {
        var kind = target.schema().kind();
        return (kind == NodeKind.LIST || kind == NodeKind.LEAF_LIST)
                && target.key().isEmpty();
    }

    private static Set<String> with(Set<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    private static Content content(String text) throws YangException {
        return switch (text) {
            case "config" -> Content.CONFIG;
            case "nonconfig" -> Content.NONCONFIG;
            case "all" -> Content.ALL;
            default -> throw QueryParameters.bad("content is config, nonconfig or all, not '" + text + "'");
        };
    }

    static int depth(String text) throws YangException {
        if (text.equals("unbounded")) {
            return Integer.MAX_VALUE;
        }
        var digits = !text.isEmpty() && text.length() < 6 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        var depth = digits ? Integer.parseInt(text) : 0;
        if (depth < 1 || depth > MAX_DEPTH) {
            throw QueryParameters.bad("depth is 1 to " + MAX_DEPTH + " or unbounded, not '" + text + "'");
        }
        return depth;
    }

    private static WithDefaults defaults(String text) throws YangException {
        return switch (text) {
            case "report-all" -> WithDefaults.REPORT_ALL;
            case "report-all-tagged" -> WithDefaults.REPORT_ALL_TAGGED;
            case "trim" -> WithDefaults.TRIM;
            case "explicit" -> WithDefaults.EXPLICIT;
            default ->
                throw QueryParameters.bad(
                        "with-defaults is report-all, report-all-tagged, trim or explicit, not '" + text + "'");
        };
    }
}
