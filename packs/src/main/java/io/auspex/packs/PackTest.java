package io.auspex.packs;

import io.auspex.assuranceengine.catalogue.SubserviceType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of a pack's own tests, which {@code ./auspex pack test DIR} prints.
 *
 * @param cases how many cases ran
 * @param failures what was not as expected: file, line, column, case, time, what was expected and what was found
 */
public record PackTest(String pack, int cases, List<String> failures) {
    /** Name of the file with the cases, beside {@code pack.yaml}. */
    public static final String FILE = "cases.yaml";

    public PackTest {
        failures = List.copyOf(failures);
    }

    /**
     * Reads the pack in a folder and runs its cases.
     *
     * @throws PackException where the pack or its cases cannot be read, or there are none
     */
    public static PackTest run(Path folder) throws PackException {
        Pack pack = Packs.read(folder);
        Path cases = folder.resolve(FILE);
        if (!Files.isRegularFile(cases)) {
            throw PackException.of(cases.toString(), "is missing: a pack comes with test cases");
        }
        return run(pack, Packs.file(cases));
    }

    static PackTest run(Pack pack, PackFile file) throws PackException {
        List<PackCase> cases = CaseReader.read(file, pack);
        if (cases.isEmpty()) {
            throw PackException.of(file.name(), "expected at least one entry of 'cases'");
        }
        List<String> failures = new ArrayList<>();
        for (PackCase packCase : cases) {
            for (SubserviceType type : pack.types()) {
                if (type.identity().equals(packCase.type())) {
                    failures.addAll(new CaseRun(file, packCase, type).run());
                }
            }
        }
        return new PackTest(pack.name(), cases.size(), failures);
    }

    public boolean passed() {
        return failures.isEmpty();
    }
}
