package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.CodeStatement;
import io.github.rowsleuth.probe.Script;
import java.util.List;

/**
 * What was found in a file.
 *
 * @param language what it is written in
 * @param role what it is for
 * @param statements its destructive statements, by line
 * @param decoys what in it only looks destructive
 * @param guards what stands before its statements, in words
 * @param cut whether it holds more statements than are listed
 */
public record Examined(
        String language,
        Script.Role role,
        List<CodeStatement> statements,
        List<Decoy> decoys,
        List<String> guards,
        boolean cut) {

    /** Copies the lists. */
    public Examined {
        statements = List.copyOf(statements);
        decoys = List.copyOf(decoys);
        guards = List.copyOf(guards);
    }

    /**
     * {@return what is known of a file in which nothing was found}
     *
     * @param file the file
     */
    public static Examined nothing(StoredFile file) {
        String language = Language.ofName(file.name()).map(Language::label).orElse("text");
        Script.Role role = FileRoles.test(file.path()) ? Script.Role.TEST : Script.Role.SCRIPT;
        return new Examined(language, role, List.of(), List.of(), List.of(), false);
    }

    /** {@return whether nothing worth a word was found} */
    public boolean empty() {
        return statements.isEmpty() && decoys.isEmpty();
    }
}
