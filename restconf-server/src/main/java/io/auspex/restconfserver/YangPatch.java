package io.auspex.restconfserver;

import io.auspex.datastore.Edit;
import io.auspex.yang.error.YangError;
import java.util.List;
import java.util.Map;

/**
 * A YANG Patch (RFC 8072 §2.2), each edit read on its own.
 *
 * @param ids of all edits, in order
 * @param edits what those without fault do, by the id of their edit
 * @param faults of the others, by the id of their edit
 */
record YangPatch(
        String patchId, List<String> ids, Map<String, List<Edit>> edits, Map<String, List<YangError>> faults) {}
