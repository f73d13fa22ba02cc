package io.auspex.restconfserver;

import io.auspex.yang.data.Position;
import io.auspex.yang.error.ErrorInfo;
import io.auspex.yang.error.YangError;
import io.auspex.yang.error.YangException;
import io.auspex.yang.schema.DataPath;
import io.auspex.yang.schema.ModelContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a new entry goes (RFC 8040 §4.8.5, §4.8.6).
 *
 * @param insert first, last, before or after; null when not said
 * @param point for before and after; null else
 */
record InsertParams(@Nullable String insert, @Nullable DataPath point) {
    static final InsertParams NONE = new InsertParams(null, null);
    private static final Set<String> NAMES = Set.of("insert", "point");

    static InsertParams of(QueryParameters query, ModelContext model) throws YangException {
        if (query.isEmpty()) {
            return NONE;
        }
        query.allow("POST and PUT of a data resource", NAMES);
        var point = query.get("point").orElse(null);
        var insert = query.get("insert").orElse(null);
        return of(insert, point == null ? null : parse(point, model));
    }

    /** Checked to go together. */
    static InsertParams of(@Nullable String insert, @Nullable DataPath point) throws YangException {
        if (insert == null) {
            throw QueryParameters.bad("point needs insert=before or insert=after");
        }
        switch (insert) {
            case "first", "last" -> {
                if (point != null) {
                    throw QueryParameters.bad("point goes with insert=before and insert=after only");
                }
            }
            case "before", "after" -> {
                if (point == null) {
                    throw QueryParameters.bad("insert=" + insert + " needs point");
                }
            }
            default -> throw QueryParameters.bad("insert is first, last, before or after, not '" + insert + "'");
        }
        return new InsertParams(insert, point);
    }

    /** An error about the place of an entry, which other protocols name by attributes (RFC 7950 §15.7), with this one's name. */
    static YangError named(YangError error) {
        return "missing-instance".equals(error.appTag()) ? error.withInfo(ErrorInfo.badAttribute("point")) : error;
    }

    private static DataPath parse(String text, ModelContext model) throws YangException {
        if (!text.startsWith("/")) {
            throw QueryParameters.bad("point is a path that starts with '/', not '" + text + "'");
        }
        var path = ApiPath.parse(text.substring(1), model);
        if (path.action() != null) {
            throw QueryParameters.bad("point is a data node, not an action");
        }
        return path.data();
    }

    /**
     * The position for an entry.
     *
     * @throws YangException when the target is no entry of a list that the user orders, or the point none of the same list
     */
    Position position(DataPath target) throws YangException {
        if (insert == null) {
            return new Position.Unchanged();
        }
        if (!target.schema().userOrdered() || target.key().isEmpty()) {
            throw QueryParameters.bad(
                    "insert is for entries of lists ordered by the user, which " + target.schema() + " is not");
        }
        if (point == null) {
            return insert.equals("first") ? new Position.First() : new Position.Last();
        }
        if (point.schema() != target.schema()
                || !point.parent().equals(target.parent())
                || point.key().isEmpty()) {
            throw QueryParameters.bad("point " + point + " is no entry of the list of " + target);
        }
        var key = point.key().get();
        return insert.equals("before") ? new Position.Before(key) : new Position.After(key);
    }
}
