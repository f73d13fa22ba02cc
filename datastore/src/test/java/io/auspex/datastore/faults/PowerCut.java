package io.auspex.datastore.faults;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a disk may hold after a power cut.
 *
 * @param now names and files as processes see them
 * @param durable names as they were when the folder was last synced
 */
record PowerCut(Map<Path, DiskFile> now, Map<Path, DiskFile> durable) {
    private static final int DAMAGES = 8;

    private List<Path> changedNames() {
        var all = new TreeSet<>(now.keySet());
        all.addAll(durable.keySet());
        return all.stream().filter(p -> now.get(p) != durable.get(p)).toList();
    }

    private Map<Path, DiskFile> names(List<Path> changed, int choice) {
        var names = new HashMap<>(durable);
        for (var i = 0; i < changed.size(); i++) {
            if ((choice >> i & 1) != 0) {
                put(names, changed.get(i), now.get(changed.get(i)));
            }
        }
        return names;
    }

    private static void put(Map<Path, DiskFile> names, Path path, @Nullable DiskFile file) {
        if (file == null) {
            names.remove(path);
        } else {
            names.put(path, file);
        }
    }

    Map<Path, DiskFile> byChance(Random random) {
        var changed = changedNames();
        var names = names(changed, random.nextInt(1 << changed.size()));
        names.replaceAll((_, file) -> {
            var length = file.durable + random.nextInt(file.notDurable() + 1);
            return length > file.durable && random.nextInt(3) == 0 && length == file.bytes.length
                    ? file.withDamage(file.durable + random.nextInt(file.notDurable()))
                    : file.keeping(length);
        });
        return names;
    }

    /** All states, or so many of them, evenly spread. */
    Stream<Map<Path, DiskFile>> every(int most) {
        var changed = changedNames();
        var states = new ArrayList<State>();
        for (var choice = 0; choice < 1 << changed.size(); choice++) {
            var names = names(changed, choice);
            var open = names.entrySet().stream()
                    .filter(e -> e.getValue().notDurable() > 0)
                    .map(Map.Entry::getKey)
                    .toList();
            states.add(new State(names, null, 0));
            for (var file : open) {
                var ways = ways(Objects.requireNonNull(names.get(file)));
                for (var way = 0; way < ways; way++) {
                    states.add(new State(names, file, way));
                }
            }
        }
        var every = (states.size() - 1) / most + 1;
        return IntStream.iterate(0, i -> i < states.size(), i -> i + every)
                .mapToObj(states::get)
                .map(State::files);
    }

    private static int ways(DiskFile file) {
        return file.notDurable() + 2 + DAMAGES;
    }

    /**
     * One state: the names, and in which of its ways one file survived; the others kept what was durable in even ways, all in
     * odd ones.
     */
    private record State(
            Map<Path, DiskFile> names, @Nullable Path chosen, int way) {
        Map<Path, DiskFile> files() {
            var found = new HashMap<Path, DiskFile>();
            names.forEach((path, file) -> found.put(
                    path,
                    path.equals(chosen)
                            ? chosen(file)
                            : file.keeping(way % 2 == 0 ? file.durable : file.bytes.length)));
            return found;
        }

        private DiskFile chosen(DiskFile file) {
            var open = file.notDurable();
            var end = file.bytes.length;
            if (way < open) {
                return file.keeping(file.durable + 1 + way);
            }
            return switch (way - open) {
                case 0 -> file.withHole(file.durable, end);
                case 1 -> file.withHole(file.durable, file.durable + (open + 1) / 2);
                default -> file.withDamage(file.durable + (int) ((way - open - 2L) * open / DAMAGES));
            };
        }
    }
}
