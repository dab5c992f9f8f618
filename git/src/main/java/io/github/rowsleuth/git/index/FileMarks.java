package io.github.rowsleuth.git.index;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.destruction.ModelNames;
import io.github.rowsleuth.git.migration.MigrationLayouts;
import io.github.rowsleuth.git.store.WordSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the words in a file tell of it, found in one pass.
 *
 * @param model whether it can name the table of a model
 * @param migration whether it can be a migration
 */
record FileMarks(boolean model, boolean migration) {

    private static final WordSearch SEARCH = new WordSearch(all());

    private static List<String> all() {
        List<String> all = new ArrayList<>(ModelNames.MARKS);
        all.addAll(MigrationLayouts.MARKS);
        return all;
    }

    static FileMarks of(byte[] content, Optional<Language> language, boolean changeLog, String name) {
        boolean models = language.isEmpty() ? name.endsWith(".prisma") : ModelNames.has(language.get());
        boolean migrations = changeLog || language.isPresent();
        if (!models && !migrations) {
            return new FileMarks(false, false);
        }
        boolean[] found = new boolean[2];
        SEARCH.search(content, (word, text, start) -> {
            found[word < ModelNames.MARKS.size() ? 0 : 1] = true;
            return found[0] && found[1];
        });
        return new FileMarks(models && found[0], migrations && found[1]);
    }
}
