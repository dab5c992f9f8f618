package io.github.rowsleuth.git;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What stands between starting a script and losing data. A check that lets everything pass by default is none. */
final class Guards {

    private static final Map<String, Pattern> SIGNS = new LinkedHashMap<>();

    static {
        sign(
                "asks for confirmation",
                "(?m)(?:^|[=(\\s])input\\s{0,4}\\(|^[ \\t]*+read[ \\t]+(?:-\\w+[ \\t]+){0,4}-\\w*p\\b"
                        + "|\\breadline\\.question\\(|\\binquirer\\.prompt\\(|\\bSTDIN\\.gets\\b");
        sign("dry run by default", "dry[-_]run[^\\n]{0,120}default\\s*=\\s*True");
        sign("needs a switch to act", "--(?:yes|confirm|force|execute|really)\\b[^\\n]{0,120}store_true");
        sign(
                "refuses the production environment",
                "(?i)environ\\[['\"]\\w*ENV\\w*['\"]\\][^\\n]{0,40}==\\s*['\"]prod"
                        + "|process\\.env\\.\\w*ENV\\w*\\s*!==?\\s*['\"](?:dev|test|local)"
                        + "|\\bENV\\w*[^\\n]{0,60}(?:!=|not in)\\s*[(\\[]?\\s*['\"](?:dev|test|local)");
    }

    private Guards() {}

    private static void sign(String guard, String pattern) {
        SIGNS.put(guard, Pattern.compile(pattern));
    }

    static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        SIGNS.forEach((guard, sign) -> {
            if (sign.matcher(text).find()) {
                found.add(guard);
            }
        });
        return found;
    }
}
