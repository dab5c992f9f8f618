package io.github.rowsleuth.git.automation;

import io.github.rowsleuth.git.store.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the lines of automation files that name a script, and tells those that run it. */
final class ReferenceSearch {

    private static final Set<String> RUN_KEYS =
            Set.of("run", "command", "entrypoint", "script", "before_script", "after_script", "args", "test");
    private static final String INITIALISED_FROM = "docker-entrypoint-initdb.d";
    private static final int MAX_DOCUMENTS = 20;

    private final List<AutomationFile> files;
    private final Set<String> paths;

    ReferenceSearch(List<AutomationFile> files, Set<String> paths) {
        this.files = List.copyOf(files);
        this.paths = Set.copyOf(paths);
    }

    /** A line that names a script. */
    record Reference(AutomationFile file, int line, boolean executes, String trigger, String text) {}

    List<Reference> to(String path) {
        StoredFile script = new StoredFile(path, org.eclipse.jgit.lib.ObjectId.zeroId());
        String name = script.name();
        List<Reference> found = new ArrayList<>();
        int documents = 0;
        for (AutomationFile file : files) {
            if (!file.text().contains(name)) {
                continue;
            }
            boolean document = file.kind() == AutomationFile.Kind.DOCUMENT;
            for (int i = 0; i < file.lines().size() && !file.path().equals(path); i++) {
                if (file.lines().get(i).contains(name)
                        && names(file.lines().get(i), script)
                        && (!document || documents++ < MAX_DOCUMENTS)) {
                    found.add(reference(file, i, script.name()));
                }
            }
        }
        return found;
    }

    /** Whether the line names the file, and not one of the same name in another folder or with a longer name. */
    private boolean names(String line, StoredFile script) {
        String name = script.name();
        for (int at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
            char before = at == 0 ? ' ' : line.charAt(at - 1);
            int end = at + name.length();
            char after = end < line.length() ? line.charAt(end) : ' ';
            char second = end + 1 < line.length() ? line.charAt(end + 1) : ' ';
            boolean longer = isNamePart(before)
                    || (before == '.' && isNamePart(at > 1 ? line.charAt(at - 2) : ' '))
                    || isNamePart(after)
                    || (after == '.' && Character.isLetterOrDigit(second));
            if (!longer && !(before == '/' && another(line, at, script))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-';
    }

    private boolean another(String line, int at, StoredFile script) {
        int start = at - 1;
        while (start > 0 && (isNamePart(line.charAt(start - 1)) || line.charAt(start - 1) == '.')) {
            start--;
        }
        String folder = line.substring(start, at - 1);
        String sibling = "/" + folder + "/" + script.name();
        return !folder.equals(script.parentName()) && paths.stream().anyMatch(p -> ("/" + p).endsWith(sibling));
    }

    private static Reference reference(AutomationFile file, int index, String name) {
        String line = file.lines().get(index);
        boolean initialises = line.contains(INITIALISED_FROM) && !line.strip().startsWith("#");
        boolean executes = initialises || executes(file, index, name);
        String trigger = initialises ? "first start of the database, on an empty volume" : Trigger.of(file, index);
        return new Reference(file, index + 1, executes, trigger, line);
    }

    private static boolean executes(AutomationFile file, int index, String name) {
        String line = withoutComment(file.lines().get(index));
        if (!line.contains(name)) {
            return false;
        }
        return switch (file.kind()) {
            case DOCUMENT -> false;
            case DOCKERFILE ->
                Set.of("CMD", "ENTRYPOINT", "RUN", "HEALTHCHECK", "ONBUILD")
                                .contains(Trigger.instruction(file.lines(), index))
                        && CommandLine.runs(line, name);
            case COMPOSE, WORKFLOW, GITLAB ->
                Trigger.yamlKey(file.lines(), index)
                                .filter(k -> RUN_KEYS.contains(k.toLowerCase(Locale.ROOT)))
                                .isPresent()
                        && CommandLine.runs(line, name);
            case NPM -> CommandLine.runs(line.substring(line.indexOf(':') + 1), name);
            default -> CommandLine.runs(line, name);
        };
    }

    private static String withoutComment(String line) {
        if (line.strip().startsWith("#")) {
            return "";
        }
        int comment = line.indexOf(" #");
        return comment < 0 ? line : line.substring(0, comment);
    }
}
