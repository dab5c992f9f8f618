package io.github.rowsleuth.git.automation.shell;

import io.github.rowsleuth.git.automation.tree.Glob;
import io.github.rowsleuth.git.automation.tree.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the words of a script stand for, as far as the script itself says it. A variable that only the environment knows
 * stays as {@code ${X}}, with its default as {@code ${X:-default}}.
 */
final class Expansion {

    private static final Pattern DEFAULTED = Pattern.compile("\\$\\{[A-Za-z0-9_@*]+:-([^{}]*)\\}");
    private static final Pattern NAMES_ITSELF = Pattern.compile("\\$(?:0|\\{0[^}]*\\}|\\{?BASH_SOURCE|\\{?ZSH_SCRIPT)");
    private static final Pattern GOES_UP = Pattern.compile("/\\.\\.(?=[/\"' )&;]|$)");
    private static final int MAX_TEXT = 8_000;
    private static final int MAX_FIELDS = 500;

    private final Map<String, List<String>> variables = new HashMap<>();
    private final List<String> arguments;
    private final boolean argumentsKnown;
    private final String ownFolder;

    Expansion(Map<String, String> environment, Optional<List<String>> arguments, String ownFolder) {
        environment.forEach((name, value) -> variables.put(name, List.of(value)));
        this.arguments = List.copyOf(arguments.orElse(List.of()));
        this.argumentsKnown = arguments.isPresent();
        this.ownFolder = ownFolder;
    }

    void assign(String name, List<String> values) {
        variables.put(name, List.copyOf(values));
    }

    void forget(String name) {
        variables.remove(name);
    }

    Map<String, List<String>> known() {
        return variables;
    }

    /** The word as one text. */
    String text(Word word, String directory) {
        StringBuilder text = new StringBuilder();
        for (Word.Piece piece : word.pieces()) {
            if (text.length() < MAX_TEXT) {
                text.append(String.join(" ", values(piece, directory)));
            }
        }
        return text.toString();
    }

    /** The words that this one becomes: none, one or several. */
    List<String> fields(Word word, String directory) {
        List<String> fields = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        boolean begun = false;
        for (Word.Piece piece : word.pieces()) {
            List<String> values = values(piece, directory);
            boolean text = piece instanceof Word.Text;
            for (int i = 0; i < values.size() && fields.size() < MAX_FIELDS; i++) {
                if (i > 0) {
                    fields.add(open.toString());
                    open.setLength(0);
                }
                begun |= piece.quoted() || !values.get(i).isEmpty();
                if (text || piece.quoted()) {
                    open.append(values.get(i));
                } else {
                    split(values.get(i), open, fields);
                }
            }
        }
        if (begun && (open.length() > 0 || fields.isEmpty())) {
            fields.add(open.toString());
        }
        return fields;
    }

    private static void split(String value, StringBuilder open, List<String> fields) {
        String[] parts = value.split("\\s+", -1);
        for (int i = 0; i < parts.length && fields.size() < MAX_FIELDS; i++) {
            if (i > 0 && open.length() > 0) {
                fields.add(open.toString());
                open.setLength(0);
            }
            if (open.length() < MAX_TEXT) {
                open.append(parts[i]);
            }
        }
    }

    private List<String> values(Word.Piece piece, String directory) {
        if (piece instanceof Word.Text text) {
            return List.of(text.text());
        }
        if (piece instanceof Word.Variable variable) {
            return variable(variable);
        }
        return List.of(output(((Word.Output) piece).source(), directory));
    }

    private List<String> variable(Word.Variable variable) {
        String name = variable.name();
        if (name.equals("@") || name.equals("*")) {
            return argumentsKnown ? arguments : List.of("${@}");
        }
        Optional<List<String>> known = value(name);
        if (known.isEmpty()) {
            return List.of(unknown(variable));
        }
        List<String> values = known.get();
        boolean empty = values.isEmpty() || (values.size() == 1 && values.get(0).isEmpty());
        return switch (variable.operator()) {
            case ":-", ":=", "-", "=" -> empty ? List.of(plain(variable.operand())) : values;
            case ":+", "+" -> List.of(empty ? "" : plain(variable.operand()));
            case "%", "%%" -> List.of(withoutEnd(String.join(" ", values), variable.operand()));
            case "##", "#" -> List.of(withoutBeginning(String.join(" ", values), variable.operand()));
            default -> values;
        };
    }

    private Optional<List<String>> value(String name) {
        if (name.equals("PWD")) {
            return Optional.of(List.of("."));
        }
        if (name.equals("0") || name.equals("BASH_SOURCE")) {
            return Optional.of(List.of(ownFolder + "/."));
        }
        if (name.length() == 1 && Character.isDigit(name.charAt(0)) && argumentsKnown) {
            int index = name.charAt(0) - '1';
            return Optional.of(index < arguments.size() ? List.of(arguments.get(index)) : List.of());
        }
        return Optional.ofNullable(variables.get(name));
    }

    private String unknown(Word.Variable variable) {
        boolean defaulted = variable.operator().equals(":-")
                || variable.operator().equals(":=")
                || variable.operator().equals("-")
                || variable.operator().equals("=");
        return defaulted
                ? "${" + variable.name() + ":-" + plain(variable.operand()) + "}"
                : "${" + variable.name() + "}";
    }

    /** A default, itself expanded where it is no more than a variable. */
    private String plain(String operand) {
        String text = operand.replace("\"", "").replace("'", "");
        if (text.startsWith("$") && !text.contains("(")) {
            String name = text.substring(1).replace("{", "").replace("}", "");
            return value(name).map(v -> String.join(" ", v)).orElse("");
        }
        return text.contains("{") ? "" : text;
    }

    private static String withoutEnd(String value, String pattern) {
        if (pattern.equals("/*")) {
            return Paths.folder(value);
        }
        return !Glob.isPattern(pattern) && value.endsWith(pattern)
                ? value.substring(0, value.length() - pattern.length())
                : pattern.equals(".*") && value.contains(".") ? value.substring(0, value.lastIndexOf('.')) : value;
    }

    private static String withoutBeginning(String value, String pattern) {
        if (pattern.equals("*/")) {
            return Paths.name(value);
        }
        return !Glob.isPattern(pattern) && value.startsWith(pattern) ? value.substring(pattern.length()) : value;
    }

    /** The usual ways in which a script asks for a folder; any other output is unknown. */
    private String output(String source, String directory) {
        if (NAMES_ITSELF.matcher(source).find() && source.contains("dirname")) {
            String folder = ownFolder;
            Matcher up = GOES_UP.matcher(source);
            while (up.find()) {
                folder = Paths.join(folder, "..");
            }
            Matcher deeper = DEEPER.matcher(source);
            return deeper.find() ? Paths.join(folder, deeper.group(1)) : folder;
        }
        if (source.contains("rev-parse --show-toplevel")) {
            return ShellScript.REPOSITORY;
        }
        String command = source.strip();
        if (command.equals("pwd")) {
            return directory.isEmpty() ? "." : directory;
        }
        if (command.startsWith("which ") || command.startsWith("command -v ")) {
            return command.substring(command.lastIndexOf(' ') + 1);
        }
        return "${output}";
    }

    private static final Pattern DEEPER =
            Pattern.compile("dirname[^)]*\\)[\"']?/((?:[\\w.-]+/)*[\\w-][\\w.-]*)[\"' )&;]");

    /** Puts defaults where only the environment could say something else. */
    static String settled(String text) {
        String settled = text;
        for (int i = 0; i < 4 && settled.contains(":-"); i++) {
            String next = DEFAULTED.matcher(settled).replaceAll(m -> Matcher.quoteReplacement(m.group(1)));
            if (next.equals(settled)) {
                break;
            }
            settled = next;
        }
        return settled;
    }
}
