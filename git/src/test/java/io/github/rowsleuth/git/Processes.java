package io.github.rowsleuth.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs programs without the settings of the person at the keyboard, and tells what CPU time they took. */
final class Processes {

    private static final Pattern TIME = Pattern.compile("(\\d+)m([0-9.]+)s");

    private Processes() {}

    static Process start(Path folder, String... command) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("GIT_"));
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        environment.put("LC_ALL", "C");
        return builder.start();
    }

    /** The lines that a program writes; it must succeed. */
    static List<String> run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = start(folder, command);
        process.getOutputStream().close();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        check(process, String.join(" ", command));
        return lines;
    }

    static void check(Process process, String what) throws IOException, InterruptedException {
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("expected '" + what + "' to succeed; it ended with " + exit);
        }
    }

    /**
     * User and system time of the whole process in seconds, its children included, as the shell counts it. Git may break off
     * where an object is missing; what it says of that is shown.
     */
    static double cpuSeconds(Path folder, List<String> command) throws IOException, InterruptedException {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", "\"$@\" > /dev/null; times", "sh"));
        shell.addAll(command);
        List<String> lines = run(folder, shell.toArray(String[]::new));
        Matcher time = TIME.matcher(lines.get(lines.size() - 1));
        double seconds = 0;
        while (time.find()) {
            seconds += 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2));
        }
        return seconds;
    }
}
