package io.auspex.assuranceengine;

import io.auspex.assuranceengine.graph.GraphNode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The subservices as the writer sees them: parallel arrays by index, and impacting edges as lists of indexes. */
final class Nodes {
    static final int NO_DEVICE = -1;

    private static final int STRIDE = 4;
    private static final int BASE = 0;
    private static final int GENERATION_AND_TYPE = 1;
    private static final int DIRTY = 2;
    private static final int OWN_AND_MARKS = 3;

    private static final int OWN = 0xFF;
    private static final int EXISTS = 0x100;
    private static final int QUEUED = 0x200;
    private static final int FLAGGED = 0x400;
    private static final int SYMPTOMS = 0x800;

    private static final int[] NONE = {};

    private final List<CompiledType> types;
    private int capacity;
    /** What each update reads, four ints a subservice so that they share a cache line. */
    private int[] head = new int[0];

    private @Nullable GraphNode[] configuration = new GraphNode[0];
    private int[] device = new int[0];
    private int[][] dependencies = new int[0][];
    private @Nullable IntList[] dependents = new IntList[0];
    private final Map<Integer, Combination> combinations = new HashMap<>();

    Nodes(List<CompiledType> types) {
        this.types = types;
    }

    void ensure(int count) {
        if (count > capacity) {
            int old = capacity;
            capacity = Math.max(count, old + (old >> 3) + 16);
            head = Arrays.copyOf(head, capacity * STRIDE);
            configuration = Arrays.copyOf(configuration, capacity);
            device = Arrays.copyOf(device, capacity);
            dependencies = Arrays.copyOf(dependencies, capacity);
            dependents = Arrays.copyOf(dependents, capacity);
            Arrays.fill(dependencies, old, capacity, NONE);
        }
    }

    int capacity() {
        return capacity;
    }

    /** Bytes of the arrays but for the references to configuration and edges. */
    long bytes() {
        return (long) capacity * (STRIDE + 1) * Integer.BYTES;
    }

    boolean exists(int index) {
        return index < capacity && has(index, EXISTS);
    }

    GraphNode at(int index) {
        GraphNode found = configuration[index];
        if (found == null) {
            throw new IllegalStateException("no subservice has index " + index);
        }
        return found;
    }

    /** Puts a subservice, new or changed, at its index. */
    void set(int index, GraphNode node) {
        configuration[index] = node;
        mark(index, EXISTS, true);
        mark(index, FLAGGED, node.subservice().underMaintenance());
    }

    /** Makes the state of a subservice that is new at its index that of one of which nothing is known. */
    void install(int index, @Nullable CompiledType type, int base, int deviceIndex) {
        int at = index * STRIDE;
        head[at + BASE] = base;
        head[at + GENERATION_AND_TYPE] = generation(index) << 16 | (type == null ? 0 : type.index + 1);
        head[at + DIRTY] = 0;
        setOwn(index, HealthCode.NOT_YET_COMPUTED);
        mark(index, SYMPTOMS, false);
        device[index] = deviceIndex;
    }

    /** Takes a subservice away; its index has another generation from now on. */
    void remove(int index) {
        configuration[index] = null;
        device[index] = NO_DEVICE;
        head[index * STRIDE + GENERATION_AND_TYPE] = (generation(index) + 1 & 0xFFFF) << 16;
        mark(index, EXISTS | FLAGGED | SYMPTOMS, false);
    }

    /** The type; null where no pack knows it or there is no subservice. */
    @Nullable
    CompiledType type(int index) {
        int type = head[index * STRIDE + GENERATION_AND_TYPE] & 0xFFFF;
        return type == 0 ? null : types.get(type - 1);
    }

    int generation(int index) {
        return head[index * STRIDE + GENERATION_AND_TYPE] >>> 16;
    }

    /** The slot of the first metric. */
    int base(int index) {
        return head[index * STRIDE + BASE];
    }

    /** The slot of the first metric of the subservice that had the index in this generation; below 0 where it is gone. */
    int base(int index, int generation) {
        int typed = index < capacity ? head[index * STRIDE + GENERATION_AND_TYPE] : 0;
        return typed >>> 16 == generation && (typed & 0xFFFF) != 0 ? head[index * STRIDE + BASE] : -1;
    }

    int device(int index) {
        return device[index];
    }

    int rank(int index) {
        return at(index).rank();
    }

    /** Health by own symptoms alone. */
    byte own(int index) {
        return (byte) (head[index * STRIDE + OWN_AND_MARKS] & OWN);
    }

    void setOwn(int index, byte own) {
        int at = index * STRIDE + OWN_AND_MARKS;
        head[at] = head[at] & ~OWN | own & OWN;
    }

    boolean isFlagged(int index) {
        return has(index, FLAGGED);
    }

    /** Whether symptoms of its own go on. */
    boolean hasSymptoms(int index) {
        return has(index, SYMPTOMS);
    }

    void setHasSymptoms(int index, boolean symptoms) {
        mark(index, SYMPTOMS, symptoms);
    }

    /** Notes metrics as changed, one bit each; returns whether the subservice was not waiting for evaluation yet. */
    boolean markDirty(int index, int metrics) {
        head[index * STRIDE + DIRTY] |= metrics;
        if (has(index, QUEUED)) {
            return false;
        }
        mark(index, QUEUED, true);
        return true;
    }

    /** The metrics that changed since the last call; the subservice no longer waits for evaluation. */
    int takeDirty(int index) {
        int dirty = head[index * STRIDE + DIRTY];
        head[index * STRIDE + DIRTY] = 0;
        mark(index, QUEUED, false);
        return dirty;
    }

    private boolean has(int index, int mark) {
        return (head[index * STRIDE + OWN_AND_MARKS] & mark) != 0;
    }

    private void mark(int index, int mark, boolean set) {
        int at = index * STRIDE + OWN_AND_MARKS;
        head[at] = set ? head[at] | mark : head[at] & ~mark;
    }

    /** The subservices that impact this one in full. */
    int[] dependencies(int index) {
        return dependencies[index];
    }

    /** Those that impact it in part; null where there are none. */
    @Nullable
    Combination combination(int index) {
        return combinations.isEmpty() ? null : combinations.get(index);
    }

    /** The subservices that this one impacts. */
    @Nullable
    IntList dependents(int index) {
        return dependents[index];
    }

    void setDependencies(int index, int[] inFull, @Nullable Combination inPart) {
        dependencies[index] = inFull.length == 0 ? NONE : inFull;
        for (int dependency : inFull) {
            addDependent(dependency, index);
        }
        if (inPart != null) {
            combinations.put(index, inPart);
            inPart.members().forEach(dependency -> addDependent(dependency, index));
        }
    }

    private void addDependent(int dependency, int index) {
        IntList above = dependents[dependency];
        if (above == null) {
            above = new IntList();
            dependents[dependency] = above;
        }
        above.add(index);
    }

    /** Takes the edges of some subservices to their dependencies out, each list of dependents being gone through once. */
    void clearDependencies(BitSet changed) {
        BitSet below = new BitSet();
        changed.stream().forEach(index -> {
            for (int dependency : dependencies[index]) {
                below.set(dependency);
            }
            dependencies[index] = NONE;
            Combination inPart = combinations.remove(index);
            if (inPart != null) {
                inPart.members().forEach(below::set);
            }
        });
        below.stream().forEach(dependency -> {
            IntList above = dependents[dependency];
            if (above != null) {
                above.removeAll(changed);
                if (above.isEmpty()) {
                    dependents[dependency] = null;
                }
            }
        });
    }
}
