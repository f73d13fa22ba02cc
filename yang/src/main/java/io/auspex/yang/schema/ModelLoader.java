package io.auspex.yang.schema;

import io.auspex.yang.source.SourceCheck;
import io.auspex.yang.source.SourceRefused;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.opendaylight.yangtools.yang.model.api.source.SourceIdentifier;
import org.opendaylight.yangtools.yang.model.spi.source.StringYangTextSource;
import org.opendaylight.yangtools.yang.parser.api.YangParserException;
import org.opendaylight.yangtools.yang.parser.api.YangSyntaxErrorException;
import org.opendaylight.yangtools.yang.parser.impl.DefaultYangParserFactory;

/**
 * Loads the model: every module under {@code META-INF/yang} of the class path, and those of further directories, which win
 * over the class path where the name is the same. Of several revisions of a module the newest is taken.
 */
public final class ModelLoader {
    private static final String RESOURCES = "META-INF/yang";
    private static final int MAX_MODULE_BYTES = 16 * 1024 * 1024;
    private static final Pattern DEPENDENCY =
            Pattern.compile("^\\s*(?:import|include)\\s+[\"']?([A-Za-z_][\\w.-]*)[\"']?\\s*[{;]", Pattern.MULTILINE);

    private final Map<String, Source> sources = new TreeMap<>();

    /**
     * A module's text.
     *
     * @param own true when it came with this server
     */
    private record Source(SourceIdentifier id, String origin, String text, boolean own) {
        String name() {
            return id.name().getLocalName();
        }

        boolean hasRevision(String revision) {
            return revision.equals(String.valueOf(id.revision()));
        }

        boolean isNewerThan(Source other) {
            return String.valueOf(id.revision()).compareTo(String.valueOf(other.id.revision())) > 0;
        }
    }

    /** The modules of the class path alone. */
    public static ModelContext load() {
        return load(List.of());
    }

    /**
     * The modules of the class path and of directories.
     *
     * @throws ModelException when a directory cannot be read or a module is wrong; names file, line and column
     */
    public static ModelContext load(List<Path> directories) {
        var loader = new ModelLoader();
        try {
            loader.addClassPath();
            for (var directory : directories) {
                loader.addDirectory(directory);
            }
        } catch (IOException | URISyntaxException e) {
            throw new ModelException("YANG modules cannot be read: " + e.getMessage(), e);
        }
        return loader.compile();
    }

    /**
     * Some modules of the class path, with what they import: what a server that is not Auspex itself implements.
     *
     * @param modules each {@code name}, for its newest revision, or {@code name@revision}
     * @throws ModelException when there is no such module, or a module is wrong
     */
    public static ModelContext loadOnly(Set<String> modules) {
        var loader = new ModelLoader();
        try {
            var all = classPath();
            var wanted = new ArrayDeque<>(new TreeSet<>(modules));
            while (!wanted.isEmpty()) {
                var id = wanted.remove();
                var at = id.indexOf('@');
                var name = at < 0 ? id : id.substring(0, at);
                if (loader.sources.containsKey(name)) {
                    continue;
                }
                var found = all.stream()
                        .filter(s -> s.name().equals(name) && (at < 0 || s.hasRevision(id.substring(at + 1))))
                        .reduce((a, b) -> b.isNewerThan(a) ? b : a)
                        .orElseThrow(() -> new ModelException("There is no YANG module " + id));
                loader.sources.put(name, found);
                DEPENDENCY.matcher(found.text()).results().forEach(d -> wanted.add(d.group(1)));
            }
        } catch (IOException | URISyntaxException e) {
            throw new ModelException("YANG modules cannot be read: " + e.getMessage(), e);
        }
        return loader.compile();
    }

    private void addClassPath() throws IOException, URISyntaxException {
        for (var source : classPath()) {
            sources.merge(source.name(), source, (a, b) -> b.isNewerThan(a) ? b : a);
        }
    }

    private static List<Source> classPath() throws IOException, URISyntaxException {
        var read = new ArrayList<Source>();
        for (var url : Collections.list(ModelLoader.class.getClassLoader().getResources(RESOURCES))) {
            read.addAll(
                    url.openConnection() instanceof JarURLConnection jar
                            ? jar(jar)
                            : directory(Path.of(url.toURI()), true));
        }
        return read;
    }

    private void addDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new ModelException("yang.directories: " + directory + " is no directory");
        }
        for (var source : directory(directory, false)) {
            var other = sources.put(source.name(), source);
            if (other != null
                    && !other.own()
                    && other.id().equals(source.id())
                    && !other.text().equals(source.text())) {
                throw new ModelException(
                        "Module " + source.id().toYangFilename().replace(".yang", "") + " has two texts: "
                                + other.origin() + " and " + source.origin());
            }
        }
    }

    private static List<Source> directory(Path directory, boolean own) throws IOException {
        var read = new ArrayList<Source>();
        try (var files = Files.list(directory)) {
            for (var file :
                    files.filter(f -> f.toString().endsWith(".yang")).sorted().toList()) {
                if (Files.size(file) > MAX_MODULE_BYTES) {
                    throw new ModelException(file + " has more than " + MAX_MODULE_BYTES + " bytes");
                }
                read.add(source(file.getFileName().toString(), file.toString(), Files.readString(file), own));
            }
        }
        return read;
    }

    private static List<Source> jar(JarURLConnection connection) throws IOException, URISyntaxException {
        var read = new ArrayList<Source>();
        connection.setUseCaches(false);
        try (var jar = connection.getJarFile()) {
            for (var entry : Collections.list(jar.entries())) {
                if (entry.getName().startsWith(RESOURCES + "/")
                        && entry.getName().endsWith(".yang")) {
                    try (var in = jar.getInputStream(entry)) {
                        var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        var name = entry.getName().substring(RESOURCES.length() + 1);
                        read.add(source(name, new URI("jar", entry.getName(), null).toString(), text, true));
                    }
                }
            }
        }
        return read;
    }

    private static Source source(String fileName, String origin, String text, boolean own) {
        try {
            return new Source(SourceIdentifier.ofYangFileName(fileName), origin, text, own);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new ModelException(origin + ": a file name is module.yang or module@revision.yang", e);
        }
    }

    /** Compiles one module alone, as if it stood in a file of that name. */
    static ModelContext compile(String fileName, String text) {
        var loader = new ModelLoader();
        var source = source(fileName, fileName, text, false);
        loader.sources.put(source.name(), source);
        return loader.compile();
    }

    /** Refuses texts that would make the compiler run out of stack or memory. */
    private void check() {
        var check = new SourceCheck();
        for (var source : sources.values()) {
            try {
                var name = check.add(source.text());
                if (!name.equals(source.name())) {
                    throw new ModelException(source.origin() + ": it holds module " + name + "; rename the file");
                }
            } catch (SourceRefused e) {
                throw new ModelException(source.origin() + ": " + e.getMessage(), e);
            }
        }
        try {
            check.expand();
        } catch (SourceRefused e) {
            throw new ModelException("The YANG modules make too large a model: " + e.getMessage(), e);
        }
    }

    private ModelContext compile() {
        if (!sources.values().stream().allMatch(Source::own)) {
            check();
        }
        var parser = new DefaultYangParserFactory().createParser();
        parser.setSupportedFeatures(
                Features.of(sources.values().stream().map(Source::id).toList()));
        var texts = new HashMap<String, String>();
        for (var source : sources.values()) {
            try {
                parser.addSource(new StringYangTextSource(source.id(), source.text(), source.origin()));
            } catch (YangSyntaxErrorException e) {
                throw new ModelException(source.origin() + ": " + e.getFormattedMessage(), e);
            } catch (IOException | RuntimeException | StackOverflowError e) {
                throw new ModelException(source.origin() + ": " + e.getMessage(), e);
            }
            texts.put(source.name(), source.text());
        }
        try {
            return new ModelContext(parser.buildEffectiveModel(), texts);
        } catch (ModelException e) {
            throw e;
        } catch (YangParserException | RuntimeException | StackOverflowError e) {
            throw new ModelException("The YANG modules make no valid model: " + rootMessage(e), e);
        }
    }

    private static String rootMessage(Throwable fault) {
        var at = fault;
        while (at.getCause() != null && at.getCause() != at) {
            at = at.getCause();
        }
        return String.valueOf(at.getMessage());
    }
}
