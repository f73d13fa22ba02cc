package io.auspex.assuranceengine.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map whose changed copies share all but a path of their structure: a hash trie of 32-way nodes, so a
 * change costs the logarithm of the size.
 */
public final class PersistentMap<K, V> {
    private static final int BITS = 5;
    private static final int MASK = 31;
    private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(new Branch(0, new Object[0]), 0);

    private final Branch root;
    private final int size;

    private PersistentMap(Branch root, int size) {
        this.root = root;
        this.size = size;
    }

    /** One entry; entries whose hashes are equal are chained. */
    private record Leaf(
            int hash, Object key, Object value, @Nullable Leaf next) {
        @Nullable
        Leaf find(Object wanted) {
            Leaf leaf = this;
            while (leaf != null && !leaf.key.equals(wanted)) {
                leaf = leaf.next;
            }
            return leaf;
        }

        @Nullable
        Leaf without(Object unwanted) {
            Leaf kept = null;
            for (Leaf leaf = this; leaf != null; leaf = leaf.next) {
                if (!leaf.key.equals(unwanted)) {
                    kept = new Leaf(hash, leaf.key, leaf.value, kept);
                }
            }
            return kept;
        }
    }

    /** A node: the bitmap says which of the 32 places are taken, the children are leaves or branches. */
    private record Branch(int bitmap, Object[] children) {
        int place(int bit) {
            return Integer.bitCount(bitmap & bit - 1);
        }

        Branch inserted(int bit, Object child) {
            Object[] more = new Object[children.length + 1];
            int place = place(bit);
            System.arraycopy(children, 0, more, 0, place);
            more[place] = child;
            System.arraycopy(children, place, more, place + 1, children.length - place);
            return new Branch(bitmap | bit, more);
        }

        Branch replaced(int bit, Object child) {
            Object[] copy = children.clone();
            copy[place(bit)] = child;
            return new Branch(bitmap, copy);
        }

        Branch removed(int bit) {
            Object[] fewer = new Object[children.length - 1];
            int place = place(bit);
            System.arraycopy(children, 0, fewer, 0, place);
            System.arraycopy(children, place + 1, fewer, place, fewer.length - place);
            return new Branch(bitmap & ~bit, fewer);
        }
    }

    @SuppressWarnings("unchecked")
    public static <K, V> PersistentMap<K, V> empty() {
        return (PersistentMap<K, V>) EMPTY;
    }

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    @SuppressWarnings("unchecked")
    public @Nullable V get(K key) {
        int hash = key.hashCode();
        Branch branch = root;
        for (int shift = 0; ; shift += BITS) {
            int bit = bit(hash, shift);
            if ((branch.bitmap & bit) == 0) {
                return null;
            }
            Object child = branch.children[branch.place(bit)];
            if (child instanceof Leaf leaf) {
                Leaf found = leaf.find(key);
                return found == null ? null : (V) found.value;
            }
            branch = (Branch) child;
        }
    }

    public boolean containsKey(K key) {
        return get(key) != null;
    }

    /** A map in which the key has the value. */
    public PersistentMap<K, V> with(K key, V value) {
        Leaf leaf = new Leaf(key.hashCode(), key, value, null);
        return new PersistentMap<>(put(root, 0, leaf), containsKey(key) ? size : size + 1);
    }

    /** A map without the key; this map where it is not there. */
    public PersistentMap<K, V> without(K key) {
        if (!containsKey(key)) {
            return this;
        }
        Branch without = remove(root, 0, key.hashCode(), key);
        return size == 1 || without == null ? empty() : new PersistentMap<>(without, size - 1);
    }

    /** Calls the action for each entry, in no particular but always the same order. */
    @SuppressWarnings("unchecked")
    public void forEach(BiConsumer<? super K, ? super V> action) {
        visit(root, (BiConsumer<Object, Object>) (BiConsumer<?, ?>) action);
    }

    private static void visit(Branch branch, BiConsumer<Object, Object> action) {
        for (Object child : branch.children) {
            switch (child) {
                case Branch below -> visit(below, action);
                case Object leaf -> {
                    for (Leaf l = (Leaf) leaf; l != null; l = l.next) {
                        action.accept(l.key, l.value);
                    }
                }
            }
        }
    }

    private static Branch put(Branch branch, int shift, Leaf leaf) {
        int bit = bit(leaf.hash, shift);
        if ((branch.bitmap & bit) == 0) {
            return branch.inserted(bit, leaf);
        }
        return branch.replaced(
                bit,
                switch (branch.children[branch.place(bit)]) {
                    case Branch below -> put(below, shift + BITS, leaf);
                    case Object child -> joined((Leaf) child, leaf, shift + BITS);
                });
    }

    private static Object joined(Leaf old, Leaf added, int shift) {
        if (old.hash == added.hash) {
            return new Leaf(
                    added.hash, added.key, added.value, old.find(added.key) == null ? old : old.without(added.key));
        }
        int oldBit = bit(old.hash, shift);
        int addedBit = bit(added.hash, shift);
        if (oldBit == addedBit) {
            return new Branch(oldBit, new Object[] {joined(old, added, shift + BITS)});
        }
        return new Branch(oldBit, new Object[] {old}).inserted(addedBit, added);
    }

    private static @Nullable Branch remove(Branch branch, int shift, int hash, Object key) {
        int bit = bit(hash, shift);
        Object kept = switch (branch.children[branch.place(bit)]) {
            case Branch below -> remove(below, shift + BITS, hash, key);
            case Object child -> ((Leaf) child).without(key);
        };
        if (kept == null) {
            return branch.children.length == 1 ? null : branch.removed(bit);
        }
        return branch.replaced(bit, kept);
    }

    private static int bit(int hash, int shift) {
        return 1 << (hash >>> shift & MASK);
    }

    /** The entries as a map of its own. */
    public Map<K, V> toMap() {
        Map<K, V> map = LinkedHashMap.newLinkedHashMap(size);
        forEach(map::put);
        return map;
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
