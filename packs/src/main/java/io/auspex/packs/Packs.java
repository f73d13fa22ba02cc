package io.auspex.packs;

import io.auspex.assuranceengine.catalogue.Catalogue;
import io.auspex.assuranceengine.catalogue.SubserviceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The packs that were loaded, and those that were refused.
 *
 * @param refused why each pack that cannot be used is not
 */
public record Packs(List<Pack> packs, List<PackException> refused) {
    /** Name of the file that makes a folder a pack. */
    public static final String FILE = "pack.yaml";

    private static final List<String> BUILT_IN = List.of(
            "device",
            "interface",
            "service-instance",
            "ip-connectivity",
            "is-is",
            "ospf",
            "bgp-session",
            "tunnel",
            "pseudowire",
            "l3vpn",
            "vrf",
            "optics",
            "ecmp-group",
            "ecmp-load",
            "link",
            "path",
            "synthetic");
    private static final int LARGEST = 4 * PackFile.LONGEST;

    public Packs {
        packs = List.copyOf(packs);
        refused = List.copyOf(refused);
    }

    /**
     * Loads the packs in the directories: each of their folders that has a {@code pack.yaml}, or itself; and the built-in packs,
     * but for the subservice types that a pack in a directory defines.
     */
    public static Packs load(Collection<Path> directories) {
        List<Pack> found = new ArrayList<>();
        List<PackException> refused = new ArrayList<>();
        for (Path directory : directories) {
            for (Path folder : folders(directory, refused)) {
                try {
                    found.add(read(folder));
                } catch (PackException e) {
                    refused.add(e);
                }
            }
        }
        Packs own = withoutClashes(found, refused);
        Set<String> defined = own.packs.stream()
                .flatMap(p -> p.types().stream())
                .map(SubserviceType::identity)
                .collect(Collectors.toSet());
        List<Pack> all = new ArrayList<>(own.packs);
        List<PackException> notLoaded = new ArrayList<>(own.refused);
        for (String name : BUILT_IN) {
            try {
                Pack pack = builtIn(name).without(defined);
                if (!pack.types().isEmpty()) {
                    all.add(pack);
                }
            } catch (PackException e) {
                notLoaded.add(e);
            }
        }
        return new Packs(all, notLoaded);
    }

    /** Names of the built-in packs. */
    static List<String> builtIn() {
        return BUILT_IN;
    }

    /** Folders in the directories that hold a pack: their YANG modules are served. */
    public static List<Path> folders(Collection<Path> directories) {
        List<Path> found = new ArrayList<>();
        directories.forEach(directory -> found.addAll(folders(directory, new ArrayList<>())));
        return found;
    }

    /** Reads the pack in a folder. */
    public static Pack read(Path folder) throws PackException {
        return PackReader.read(file(folder.resolve(FILE)));
    }

    static PackFile file(Path path) throws PackException {
        try {
            if (Files.size(path) > LARGEST) {
                throw PackException.of(path.toString(), "expected at most " + LARGEST + " bytes");
            }
            return new PackFile(path.toString(), Files.readString(path));
        } catch (IOException e) {
            throw PackException.of(path.toString(), "cannot be read as UTF-8 text: " + e.getMessage());
        }
    }

    /** What the loaded packs know, for the engine. */
    public Catalogue catalogue() {
        return new Catalogue(packs.stream().flatMap(p -> p.types().stream()).toList());
    }

    private static Pack builtIn(String name) throws PackException {
        return PackReader.read(resource(name + "/" + FILE));
    }

    static PackFile resource(String name) throws PackException {
        try (InputStream in = Packs.class.getResourceAsStream(name)) {
            if (in == null) {
                throw PackException.of(name, "is missing from the program");
            }
            return new PackFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static List<Path> folders(Path directory, List<PackException> refused) {
        if (Files.isRegularFile(directory.resolve(FILE))) {
            return List.of(directory);
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(folder -> Files.isRegularFile(folder.resolve(FILE)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            refused.add(PackException.of(directory.toString(), "is no readable directory of packs"));
            return List.of();
        }
    }

    /** The first pack that defines a subservice type keeps it. */
    private static Packs withoutClashes(List<Pack> found, List<PackException> refused) {
        Map<String, String> owners = new LinkedHashMap<>();
        List<Pack> kept = new ArrayList<>();
        for (Pack pack : found) {
            String clash = null;
            for (SubserviceType type : pack.types()) {
                if (owners.containsKey(type.identity())) {
                    clash = type.identity();
                }
            }
            if (clash == null) {
                pack.types().forEach(type -> owners.put(type.identity(), pack.name()));
                kept.add(pack);
            } else {
                refused.add(PackException.of(
                        pack.name(),
                        "defines the subservice type " + clash + ", which pack " + owners.get(clash) + " defines"));
            }
        }
        return new Packs(kept, refused);
    }
}
