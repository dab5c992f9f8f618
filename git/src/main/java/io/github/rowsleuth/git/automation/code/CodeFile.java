package io.github.rowsleuth.git.automation.code;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is looked at of a program.
 *
 * @param imports what it loads of other files
 * @param functions the functions and methods that it defines, the outermost only
 * @param calls its calls
 * @param paths its string literals that could be paths of files
 * @param constants names that stand for one or several texts
 */
public record CodeFile(
        CodeLanguage language,
        List<Import> imports,
        List<Function> functions,
        List<Call> calls,
        List<Literal> paths,
        Map<String, Value> constants) {

    /** The folder of the file itself, at the beginning of a path that a program builds from it. */
    public static final String HERE = "@here";

    public CodeFile {
        imports = List.copyOf(imports);
        functions = List.copyOf(functions);
        calls = List.copyOf(calls);
        paths = List.copyOf(paths);
        constants = Map.copyOf(constants);
    }

    public static CodeFile read(String text, CodeLanguage language, int firstLine) {
        return new CodeReader(text, language, firstLine).read();
    }

    /**
     * Something that is loaded.
     *
     * @param module how the program names it: {@code app.db}, {@code ./db}, {@code ..models}
     * @param names what is taken of it; empty for the whole of it
     * @param alias the name that the whole of it goes by here
     */
    public record Import(String module, List<Name> names, String alias, int line, Place place) {
        public Import {
            names = List.copyOf(names);
        }
    }

    /** A name and the one that it goes by here. */
    public record Name(String name, String alias) {}

    /**
     * Where something stands.
     *
     * @param function the outermost function around it, with its class; empty at the top level
     * @param main whether it is only reached where the file is run as a program
     * @param deferred whether it is only reached on a later event, as a handler of requests is
     * @param conditions the tests around it
     * @param dead why it is never reached, where that is so
     */
    public record Place(String function, boolean main, boolean deferred, List<Test> conditions, Optional<String> dead) {
        public Place {
            conditions = List.copyOf(conditions);
        }
    }

    /** A test that must come out true. */
    public record Test(String text, int line) {}

    /**
     * A function.
     *
     * @param name with its class: {@code Service.reset}
     * @param decorators what stands above it, such as {@code pytest.fixture}, with arguments
     * @param parameters the names of its parameters
     */
    public record Function(String name, int line, int lastLine, List<Call> decorators, List<String> parameters) {
        public Function {
            decorators = List.copyOf(decorators);
            parameters = List.copyOf(parameters);
        }

        public String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }
    }

    /**
     * A call.
     *
     * @param name what is called, with its receivers
     * @param arguments what it is given, where that is looked at: for calls that start programs, read files and the like
     * @param references names that it is given
     * @param lastLine the line on which it ends
     */
    public record Call(
            String name, int line, Place place, List<Argument> arguments, List<String> references, int lastLine) {
        public Call {
            arguments = List.copyOf(arguments);
            references = List.copyOf(references);
        }

        public String simpleName() {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        public Optional<Value> argument(String keyword) {
            return arguments.stream()
                    .filter(a -> a.keyword().equals(keyword))
                    .map(Argument::value)
                    .findFirst();
        }

        /** The argument at that position, of those that have no keyword. */
        public Optional<Value> argument(int position) {
            return arguments.stream()
                    .filter(a -> a.keyword().isEmpty())
                    .skip(position)
                    .map(Argument::value)
                    .findFirst();
        }
    }

    /** An argument; the keyword is empty where it has none. */
    public record Argument(String keyword, Value value, int line) {}

    /**
     * A value as far as the source tells it.
     *
     * @param words the text, or the items of a list; what is not known stands as {@code ${x}}
     * @param list whether it is a list
     */
    public record Value(List<String> words, boolean list) {
        public Value {
            words = List.copyOf(words);
        }

        public String text() {
            return String.join(" ", words);
        }
    }

    /** A literal that could be a path. */
    public record Literal(String text, int line, Place place) {}

    /** The function around a line, without its class; empty at the top level. */
    public String functionAt(int line) {
        return functions.stream()
                .filter(f -> f.line() <= line && line <= f.lastLine())
                .map(Function::name)
                .findFirst()
                .orElse("");
    }

    /** The functions of that name, in whatever class. */
    public List<Function> named(String simpleName) {
        return functions.stream().filter(f -> f.simpleName().equals(simpleName)).toList();
    }
}
