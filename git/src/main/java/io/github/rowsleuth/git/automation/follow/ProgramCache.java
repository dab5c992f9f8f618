package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.code.CodeFile;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the programs that were read last, by their content: a commit shares most of them with its parent. */
public final class ProgramCache {

    private static final int MAX_PROGRAMS = 1_500;

    private final Map<String, Optional<CodeFile>> programs = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<CodeFile>> eldest) {
            return size() > MAX_PROGRAMS;
        }
    };

    Optional<CodeFile> get(TreeFile file, Supplier<Optional<CodeFile>> reader) {
        Optional<CodeFile> known = programs.get(file.contentId());
        if (known == null) {
            known = reader.get();
            programs.put(file.contentId(), known);
        }
        return known;
    }
}
