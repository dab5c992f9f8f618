package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Call;
import io.github.rowsleuth.git.code.Language;
import java.util.List;

/** The idioms of each language. */
final class Idioms {

    private Idioms() {}

    private static List<Idiom> of(Language language) {
        return switch (language) {
            case PYTHON -> List.of(new PythonIdioms());
            case JAVASCRIPT, TYPESCRIPT -> List.of(new ScriptIdioms());
            case RUBY -> List.of(new RubyIdioms());
            case ELIXIR -> List.of(new ElixirIdioms());
            case JAVA, KOTLIN -> List.of(new JvmIdioms());
            case GO -> List.of(new GoIdioms());
            case RUST -> List.of(new RustIdioms());
            case PHP -> List.of(new PhpIdioms());
            case CSHARP -> List.of(new DotnetIdioms());
            case SQL, SHELL -> List.of();
        };
    }

    static void look(Language language, IdiomNotes notes) {
        for (Idiom idiom : of(language)) {
            for (Call call : notes.program().calls()) {
                idiom.look(call, notes);
            }
        }
    }
}
