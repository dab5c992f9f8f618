package io.github.rowsleuth.prevention;

import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes dangerous scripts out of reach: {@code clean.py} becomes {@code .DANGEROUS_clean.py.disabled} and can not be executed
 * any more. Nothing is deleted, nothing is overwritten, and it can be undone exactly.
 *
 * <pre>{@code
 * ScriptDisabler disabler = ScriptDisabler.in("/srv/app");
 * DisablePlan plan = disabler.plan("backend/scripts/clean.py");
 * System.out.println(plan);                        // what, and who calls it
 * Path undo = disabler.disable(plan, "3fa2c1b09d");  // the id that was shown
 * ScriptDisabler.undo(undo);
 * }</pre>
 *
 * <p>The files are renamed as they are, with changes that nobody has committed. A process that runs already is not stopped,
 * and the next deployment brings a committed script back: remove it in the repository as well.
 *
 * <p>Symbolic links are refused, also on the way to a script, and so is whatever lies outside the root.
 */
public final class ScriptDisabler {

    private static final String BEFORE = ".DANGEROUS_";
    private static final String BEHIND = ".disabled";
    private static final int LONGEST_NAME = 255;
    private static final int ID_LENGTH = 10;

    private final Path root;
    private final Optional<Automation> automation;

    private ScriptDisabler(Path root, Optional<Automation> automation) {
        this.root = root;
        this.automation = automation;
    }

    /**
     * {@return a disabler for scripts below that folder}
     *
     * @param root the folder
     * @throws RefusedException if there is no such folder
     */
    public static ScriptDisabler in(String root) {
        try {
            Path real = Path.of(root).toRealPath();
            if (!Files.isDirectory(real)) {
                throw new RefusedException("expected a folder, found a file: " + root);
            }
            return new ScriptDisabler(real, Optional.empty());
        } catch (IOException e) {
            throw new RefusedException("expected a folder that can be read, found none at " + root, e);
        }
    }

    /**
     * {@return this disabler, which also names the callers that an investigation found}
     *
     * @param found who runs the scripts, with paths within the same root
     */
    public ScriptDisabler knowing(Automation found) {
        return new ScriptDisabler(root, Optional.of(found));
    }

    /**
     * {@return what would be done; nothing is changed}
     *
     * @param scripts paths within the root
     * @throws RefusedException if one of them is no regular file in the root, is disabled already, or could not be renamed
     *     without overwriting
     * @throws IOException if a file can not be read
     */
    public DisablePlan plan(String... scripts) throws IOException {
        List<DisableStep> steps = new ArrayList<>();
        for (String script : Stream.of(scripts).distinct().toList()) {
            steps.add(step(script));
        }
        if (steps.isEmpty()) {
            throw new RefusedException("expected at least one script to disable, found none");
        }
        return new DisablePlan(id(steps), root, steps);
    }

    private static String id(List<DisableStep> steps) {
        String all = steps.stream().map(s -> s.script() + "\n" + s.sha256()).collect(Collectors.joining("\n"));
        return Digests.of(all).substring(0, ID_LENGTH);
    }

    private DisableStep step(String script) throws IOException {
        Path file = checked(script);
        Path target = target(file);
        List<String> callers = new ArrayList<>(known(script));
        callers.addAll(CallerSearch.of(root, file));
        return new DisableStep(
                relative(file),
                relative(target),
                Digests.of(file),
                Renaming.permissions(file),
                callers.stream().distinct().toList(),
                warnings(file));
    }

    private List<String> known(String script) {
        return automation.flatMap(a -> a.of(script)).map(ScriptAutomation::references).orElse(List.of()).stream()
                .map(r -> r.file() + ":" + r.line() + ": " + r.text())
                .toList();
    }

    private static List<String> warnings(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("unix")) {
            return List.of();
        }
        int names = (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        return names > 1
                ? List.of("the file has " + (names - 1) + " more names (hard links), by which it can still be run")
                : List.of();
    }

    private Path checked(String script) throws IOException {
        Path file = root.resolve(script).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new RefusedException("expected a path within " + root + ", found " + script);
        }
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("expected a file, found nothing at " + file);
        }
        // No link on the way either: it could lead anywhere by the time of the renaming.
        if (!file.toRealPath().equals(file)) {
            throw new RefusedException("expected a path without symbolic links, found one that leads through a link: "
                    + script + "; name the file it leads to");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("expected a regular file, found something else: " + script);
        }
        return file;
    }

    private static Path target(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith(BEFORE) && name.endsWith(BEHIND)) {
            throw new RefusedException(
                    "expected a script that is in reach, found one that is disabled already: " + file);
        }
        String disabled = BEFORE + name + BEHIND;
        int length = disabled.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_NAME) {
            throw new RefusedException(
                    "expected a name of at most " + (LONGEST_NAME - BEFORE.length() - BEHIND.length())
                            + " bytes, found one that would grow to " + length + " bytes: rename it by hand");
        }
        Path target = file.resolveSibling(disabled);
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("expected no file named " + target + ", found one: nothing is ever overwritten");
        }
        return target;
    }

    private String relative(Path file) {
        return root.relativize(file).toString().replace('\\', '/');
    }

    /**
     * Does what a plan says: all of it, or nothing.
     *
     * @param plan the plan as it was shown
     * @param confirmation the id that it showed, typed by whoever agrees
     * @return the undo manifest, a file in the root
     * @throws RefusedException if the confirmation is another one, the plan is of another root, a file has changed since, or
     *     could not be renamed; then no file has another name than before
     * @throws IOException if a file can not be read or written; then no file has another name than before
     */
    public Path disable(DisablePlan plan, String confirmation) throws IOException {
        if (!plan.id().equals(confirmation) || !plan.id().equals(id(plan.steps()))) {
            throw new RefusedException(
                    "expected the id of the plan as its confirmation, found something else: show the plan"
                            + " again, and type the id that stands in its first line");
        }
        if (!plan.root().equals(root)) {
            throw new RefusedException("expected a plan for " + root + ", found one for " + plan.root());
        }
        for (DisableStep step : plan.steps()) {
            unchanged(step);
        }
        Path manifest = root.resolve(".rowsleuth-undo-" + plan.id());
        if (Files.exists(manifest, LinkOption.NOFOLLOW_LINKS)) {
            throw new RefusedException("expected no undo manifest of this plan, found " + manifest + ": undo it first");
        }
        UndoManifest.of(plan).write(manifest);
        perform(plan, manifest);
        return manifest;
    }

    private void unchanged(DisableStep step) throws IOException {
        Path file = checked(step.script());
        if (!relative(target(file)).equals(step.disabledAs())
                || !Digests.of(file).equals(step.sha256())) {
            throw new RefusedException("expected " + step.script()
                    + " as it was when the plan was made, found it changed:" + " make a new plan");
        }
    }

    private void perform(DisablePlan plan, Path manifest) throws IOException {
        try {
            for (DisableStep step : plan.steps()) {
                unchanged(step);
                Path target = root.resolve(step.disabledAs());
                Renaming.rename(root.resolve(step.script()), target);
                Renaming.withoutExecution(target, step.permissions());
            }
        } catch (IOException | RuntimeException e) {
            try {
                undo(manifest);
            } catch (IOException | RuntimeException undoing) {
                e.addSuppressed(undoing);
            }
            throw e;
        }
    }

    /**
     * Takes back what a manifest says was done, permissions included, and deletes the manifest. Also after a crash in the
     * middle.
     *
     * @param manifest what {@link #disable} returned
     * @throws RefusedException if a disabled file has changed or is gone, or its old name is taken by now; then nothing is
     *     undone
     * @throws IOException if a file can not be read or written
     */
    public static void undo(Path manifest) throws IOException {
        UndoManifest undo = UndoManifest.read(manifest);
        List<Undoing> undoings = new ArrayList<>();
        for (UndoManifest.Entry entry : undo.entries()) {
            undoings.add(Undoing.of(undo.root(), entry));
        }
        for (Undoing undoing : undoings) {
            undoing.perform();
        }
        Files.delete(manifest);
    }
}
