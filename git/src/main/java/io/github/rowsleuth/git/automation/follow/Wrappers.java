package io.github.rowsleuth.git.automation.follow;

import io.github.rowsleuth.git.automation.tree.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Commands that run the command they are given: {@code sudo}, {@code timeout 5}, {@code poetry run}, {@code npx}. */
final class Wrappers {

    /**
     * How a wrapper is written.
     *
     * @param subcommands words that must come next for it to be one; none for any
     * @param valued options that are followed by a value
     * @param positional how many words stand between the options and the command
     */
    private record Wrapper(Set<String> subcommands, Set<String> valued, int positional) {}

    private static final Set<String> NONE = Set.of();

    private static final Map<String, Wrapper> KNOWN = Map.ofEntries(
            plain("sudo", "-u -g -h -p -C -D --user --group"),
            plain("doas", "-u"),
            plain("time", "-f -o"),
            plain("nohup", ""),
            plain("exec", "-a"),
            plain("builtin", ""),
            plain("nice", "-n"),
            plain("ionice", "-c -n -p"),
            plain("setsid", ""),
            plain("stdbuf", "-o -i -e"),
            plain("setarch", ""),
            plain("unbuffer", ""),
            plain("caffeinate", ""),
            plain("dumb-init", ""),
            plain("tini", "-e -p"),
            plain("catatonit", ""),
            plain("ddtrace-run", ""),
            plain("opentelemetry-instrument", ""),
            plain("newrelic-admin", ""),
            plain("run-program", ""),
            plain("xargs", "-n -I -P -L -d -a -s"),
            plain("cross-env", ""),
            plain("cross-env-shell", ""),
            plain("dotenvx", "-f"),
            plain("env-cmd", "-f -e -r"),
            plain("strace", "-e -o -p"),
            plain("busybox", ""),
            plain("winpty", ""),
            plain("timeout", "-s -k --signal --kill-after", 1),
            plain("gtimeout", "-s -k", 1),
            plain("flock", "-w -E --timeout", 1),
            plain("gosu", "", 1),
            plain("su-exec", "", 1),
            plain("s6-setuidgid", "", 1),
            plain("setpriv", "--reuid --regid", 0),
            plain("chroot", "", 1),
            plain("chpst", "-u -e", 0),
            plain("npx", "-p --package"),
            plain("bunx", ""),
            plain("pnpx", ""),
            plain("uvx", "--from --with --python"),
            plain("pipx", "--spec"),
            of("poetry", "run", "-C --directory -P"),
            of("pipenv", "run", ""),
            of("uv", "run", "--with --python -p --project --directory --env-file --extra --group"),
            of("pdm", "run", "-p"),
            of("hatch", "run", ""),
            of("rye", "run", ""),
            of("conda", "run", "-n --name -p"),
            of("mamba", "run", "-n -p"),
            of("micromamba", "run", "-n -p"),
            of("bundle", "exec", ""),
            of("doppler", "run", "-p -c --project --config"),
            of("op", "run", "--env-file"),
            of("infisical", "run", "--env --path --projectId"),
            of("dotenv", "run exec", "-e -c -f -v"),
            of("chamber", "exec", "", 1),
            of("aws-vault", "exec", "-d", 1),
            of("sops", "exec-env", "", 1),
            of("vault", "exec", ""),
            of("railway", "run", "-s --service -e --environment"),
            of("heroku", "run run:detached", "-a --app -s --size"),
            of("fly", "exec", "-a"),
            of("dokku", "run", "--env", 1),
            of("platform", "ssh", ""),
            of("ddev", "exec", "-s -d"),
            of("lando", "ssh", "-s -c"),
            of("nix", "develop run shell", ""),
            of("mise", "exec x", ""),
            of("asdf", "exec", ""),
            of("rbenv", "exec", ""),
            of("pyenv", "exec", ""),
            of("pnpm", "exec dlx", "--filter -F -C --dir"),
            of("yarn", "exec dlx", "--cwd"),
            of("npm", "exec x", "--prefix -w --workspace"),
            of("bun", "x", ""));

    private Wrappers() {}

    private static Map.Entry<String, Wrapper> plain(String name, String valued) {
        return plain(name, valued, 0);
    }

    private static Map.Entry<String, Wrapper> plain(String name, String valued, int positional) {
        return Map.entry(name, new Wrapper(NONE, Set.of(valued.split(" ", -1)), positional));
    }

    private static Map.Entry<String, Wrapper> of(String name, String subcommands, String valued) {
        return of(name, subcommands, valued, 0);
    }

    private static Map.Entry<String, Wrapper> of(String name, String subcommands, String valued, int positional) {
        return Map.entry(
                name, new Wrapper(Set.of(subcommands.split(" ", -1)), Set.of(valued.split(" ", -1)), positional));
    }

    /** The command inside, where the words begin with a wrapper. */
    static Optional<List<String>> unwrap(List<String> words) {
        List<String> rest = new ArrayList<>(words);
        String name = Paths.name(words.get(0));
        if (isAssignment(words.get(0))) {
            return Optional.of(words.subList(1, words.size()));
        }
        if (name.equals("env")) {
            return Optional.of(afterOptions(words, 1, Set.of("-u", "-C", "--unset")));
        }
        if (name.startsWith("wait-for")
                || name.equals("dockerize")
                || name.equals("wait-on")
                || name.equals("wtfc.sh")) {
            int separator = words.indexOf("--");
            return separator < 0 || separator + 1 >= words.size()
                    ? Optional.empty()
                    : Optional.of(words.subList(separator + 1, words.size()));
        }
        Wrapper wrapper = KNOWN.get(name);
        if (wrapper == null) {
            return Optional.empty();
        }
        int from = 1;
        if (!wrapper.subcommands.isEmpty()) {
            List<String> afterGlobal = afterOptions(rest, 1, wrapper.valued);
            if (afterGlobal.isEmpty() || !wrapper.subcommands.contains(afterGlobal.get(0))) {
                return name.equals("dotenv") && words.contains("--")
                        ? Optional.of(words.subList(words.indexOf("--") + 1, words.size()))
                        : Optional.empty();
            }
            from = rest.size() - afterGlobal.size() + 1;
        }
        List<String> inner = afterOptions(rest, from, wrapper.valued);
        return Optional.of(inner.subList(Math.min(wrapper.positional, inner.size()), inner.size()));
    }

    static boolean isAssignment(String word) {
        int sign = word.indexOf('=');
        if (sign <= 0) {
            return false;
        }
        for (int i = 0; i < sign; i++) {
            char c = word.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_') {
                return false;
            }
        }
        return !Character.isDigit(word.charAt(0));
    }

    /** The words after options, their values and assignments; a lonely {@code --} ends them. */
    static List<String> afterOptions(List<String> words, int from, Set<String> valued) {
        int at = from;
        while (at < words.size()) {
            String word = words.get(at);
            if (word.equals("--")) {
                return words.subList(at + 1, words.size());
            }
            if (valued.contains(word)) {
                at += 2;
            } else if ((word.startsWith("-") && word.length() > 1) || isAssignment(word)) {
                at++;
            } else {
                break;
            }
        }
        return words.subList(Math.min(at, words.size()), words.size());
    }

    /** The value of an option, given apart or after a sign. */
    static Optional<String> option(List<String> words, String... names) {
        for (int i = 0; i < words.size(); i++) {
            for (String name : names) {
                if (words.get(i).equals(name) && i + 1 < words.size()) {
                    return Optional.of(words.get(i + 1));
                }
                if (words.get(i).startsWith(name + "=")) {
                    return Optional.of(words.get(i).substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    /** All values of an option. */
    static List<String> options(List<String> words, String... names) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            for (String name : names) {
                if (words.get(i).equals(name) && i + 1 < words.size()) {
                    values.add(words.get(i + 1));
                } else if (words.get(i).startsWith(name + "=")) {
                    values.add(words.get(i).substring(name.length() + 1));
                } else if (name.length() == 2
                        && words.get(i).startsWith(name)
                        && words.get(i).length() > 2) {
                    values.add(words.get(i).substring(2));
                }
            }
        }
        return values;
    }
}
