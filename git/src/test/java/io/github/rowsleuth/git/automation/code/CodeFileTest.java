package io.github.rowsleuth.git.automation.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.git.automation.code.CodeFile.Call;
import io.github.rowsleuth.git.automation.code.CodeFile.Import;
import io.github.rowsleuth.git.automation.code.CodeFile.Test;
import java.util.List;
import java.util.stream.Collectors;

class CodeFileTest {

    private static CodeFile python(String... lines) {
        return CodeFile.read(String.join("\n", lines) + "\n", CodeLanguage.PYTHON, 1);
    }

    private static CodeFile javascript(String... lines) {
        return CodeFile.read(String.join("\n", lines) + "\n", CodeLanguage.JAVASCRIPT, 1);
    }

    private static Call call(CodeFile file, String name) {
        return file.calls().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String imports(CodeFile file) {
        return file.imports().stream().map(CodeFileTest::shown).collect(Collectors.joining(" "));
    }

    private static String shown(Import one) {
        String names = one.names().stream()
                .map(n -> n.name().equals(n.alias()) ? n.name() : n.name() + "=" + n.alias())
                .collect(Collectors.joining(","));
        return one.module() + "[" + names + "]" + one.alias() + "@" + one.line();
    }

    private static List<String> tests(Call call) {
        return call.place().conditions().stream().map(Test::text).toList();
    }

    @org.junit.jupiter.api.Test
    void imports_of_python_are_found_in_each_form() {
        assertThat(imports(python(
                        "import os, app.db as db",
                        "from .scripts import (",
                        "    wipe,  # all",
                        "    clean as tidy,",
                        ")",
                        "from .. import x",
                        "def f():",
                        "    from late import y")))
                .isEqualTo("os[]os@1 app.db[]db@1 .scripts[wipe,clean=tidy]@2 ..[x]@6 late[y]@8");
    }

    @org.junit.jupiter.api.Test
    void imports_of_javascript_are_found_in_each_form() {
        assertThat(imports(javascript(
                        "import a, { b as c, d } from './m'",
                        "import * as n from \"pkg\";",
                        "import './side';",
                        "import type { T } from './types'",
                        "const { e, f: g } = require('./r');",
                        "const h = await import(`./dyn`);",
                        "export * from './again'",
                        "export { k } from './k'")))
                .isEqualTo("./m[default=a,b=c,d]@1 pkg[]n@2 ./side[]@3 ./r[e,f=g]@5 ./dyn[]h@6 ./again[]@7 ./k[k]@8");
    }

    @org.junit.jupiter.api.Test
    void calls_know_their_function_and_whether_only_a_start_as_a_program_reaches_them() {
        CodeFile file = python(
                "class Service:",
                "    async def reset(self):",
                "        await self.wipe(1)",
                "def main():",
                "    Service().reset()",
                "top()",
                "if __name__ == \"__main__\":",
                "    main()");

        assertThat(call(file, "self.wipe").place().function()).isEqualTo("Service.reset");
        assertThat(call(file, "Service.reset").place().function()).isEqualTo("main");
        assertThat(call(file, "top").place().main()).isFalse();
        assertThat(call(file, "main").place().main()).isTrue();
        assertThat(file.functionAt(3)).isEqualTo("Service.reset");
        assertThat(file.functionAt(6)).isEmpty();
        assertThat(file.functions()).extracting(CodeFile.Function::name).containsExactly("Service.reset", "main");
    }

    @org.junit.jupiter.api.Test
    void functions_of_javascript_are_found_in_each_form() {
        CodeFile file = javascript(
                "export async function one() { a() }",
                "const two = async (x) => {",
                "  b();",
                "};",
                "class K { async three(y) { c() } }",
                "module.exports = async () => { d() };",
                "app.post('/reset', async (req) => { e() });",
                "app.listen(3000, () => { f() });",
                "(async () => { g() })();",
                "if (require.main === module) { h() }",
                "const o = { four: function () { i() } };");

        assertThat(List.of("a", "b", "c", "d", "e", "f", "g", "i"))
                .extracting(n -> n + ":" + call(file, n).place().function() + ":"
                        + call(file, n).place().deferred())
                .containsExactly(
                        "a:one:false",
                        "b:two:false",
                        "c:K.three:false",
                        "d:default:false",
                        "e::true",
                        "f::false",
                        "g::false",
                        "i:four:false");
        assertThat(call(file, "h").place().main()).isTrue();
    }

    @org.junit.jupiter.api.Test
    void arguments_are_put_together_from_literals_names_and_paths() {
        CodeFile file = python(
                "HERE = Path(__file__).resolve().parent",
                "ROOT = HERE.parent",
                "SQL = ['a.sql', 'b.sql']",
                "CMD = 'alembic ' 'upgrade head'",
                "subprocess.run([sys.executable, '-m', 'x', str(HERE / 'sub' / 'y.py')], check=True)",
                "os.system(f'psql -f {HERE}/z.sql')",
                "subprocess.call(CMD, shell=True)",
                "subprocess.Popen(['psql', '-f', os.path.join(os.path.dirname(__file__), '..', 'w.sql')])",
                "for s in SQL:",
                "    subprocess.check_call(['psql', '-f', s])");

        assertThat(call(file, "subprocess.run").argument(0).orElseThrow().words())
                .containsExactly("${sys.executable}", "-m", "x", "@here/sub/y.py");
        assertThat(call(file, "os.system").argument(0).orElseThrow().text()).isEqualTo("psql -f @here/z.sql");
        assertThat(call(file, "subprocess.call").argument(0).orElseThrow().text())
                .isEqualTo("alembic upgrade head");
        assertThat(call(file, "subprocess.Popen").argument(0).orElseThrow().words())
                .containsExactly("psql", "-f", "@here/../w.sql");
        assertThat(call(file, "subprocess.check_call").argument(0).orElseThrow().words())
                .contains("a.sql", "b.sql");
    }

    @org.junit.jupiter.api.Test
    void arguments_of_javascript_are_put_together_too() {
        CodeFile file = javascript(
                "execSync(`node ${path.join(__dirname, '..', 'x.js')} --all`, { stdio: 'inherit' });",
                "spawn('node', [path.resolve(__dirname, 'y.js'), flag]);",
                "fork(new URL('./z.mjs', import.meta.url));",
                "exec('psql -f ' + file);");

        assertThat(call(file, "spawn").argument(0).orElseThrow().text()).isEqualTo("node");
        assertThat(call(file, "spawn").argument(1).orElseThrow().words()).containsExactly("@here/y.js", "${flag}");
        assertThat(call(file, "fork").argument(0).orElseThrow().text()).isEqualTo("./z.mjs");
        assertThat(call(file, "exec").argument(0).orElseThrow().text()).isEqualTo("psql -f ${file}");
    }

    @org.junit.jupiter.api.Test
    void tests_around_a_call_are_told_where_they_speak_of_the_environment() {
        CodeFile file = python(
                "def run():",
                "    if os.environ.get('ENV') == 'production':",
                "        raise SystemExit",
                "    wipe()",
                "    if rows > 3:",
                "        count()",
                "    if settings.RESET:",
                "        reset()",
                "    else:",
                "        keep()",
                "if TYPE_CHECKING:",
                "    never()");

        assertThat(tests(call(file, "wipe")))
                .singleElement()
                .asString()
                .startsWith("not: os.environ.get")
                .contains("production");
        assertThat(tests(call(file, "count"))).hasSize(1);
        assertThat(tests(call(file, "reset"))).contains("settings.RESET");
        assertThat(tests(call(file, "keep"))).contains("not: settings.RESET");
        assertThat(call(file, "never").place().dead()).isPresent();
    }

    @org.junit.jupiter.api.Test
    void tests_of_javascript_are_told_too() {
        CodeFile file = javascript(
                "function run() {",
                "  if (process.env.NODE_ENV === 'production') {",
                "    throw new Error('no');",
                "  }",
                "  wipe();",
                "  if (config.reset) reset();",
                "  if (false) { never(); }",
                "}",
                "function guard() {",
                "  if (!process.env.FORCE) return;",
                "  forced();",
                "}",
                "free();");

        assertThat(tests(call(file, "wipe"))).singleElement().asString().startsWith("not: (process.env.NODE_ENV");
        assertThat(tests(call(file, "forced"))).singleElement().asString().contains("process.env.FORCE");
        assertThat(call(file, "never").place().dead()).isPresent();
        assertThat(tests(call(file, "free"))).isEmpty();
    }

    @org.junit.jupiter.api.Test
    void comments_documentation_and_patterns_make_no_calls() {
        assertThat(python("# wipe()", "\"\"\"", "wipe()", "\"\"\"", "x = 'wipe()'")
                        .calls())
                .isEmpty();
        assertThat(javascript("// wipe()", "/* wipe() */", "const r = /wipe()/g;", "let d = a / b;")
                        .calls())
                .isEmpty();
    }

    @org.junit.jupiter.api.Test
    void a_decorator_is_kept_with_its_arguments_and_the_parameters_are_known() {
        CodeFile file = python(
                "@pytest.fixture(scope='session', autouse=True)",
                "@other",
                "def database(settings, engine: Engine = None):",
                "    pass");

        assertThat(file.functions()).singleElement().satisfies(f -> {
            assertThat(f.line()).isEqualTo(3);
            assertThat(f.parameters()).containsExactly("settings", "engine");
            assertThat(f.decorators()).extracting(Call::name).containsExactly("pytest.fixture", "other");
            assertThat(f.decorators().get(0).argument("autouse").orElseThrow().text())
                    .isEqualTo("${True}");
        });
    }

    @org.junit.jupiter.api.Test
    void broken_programs_are_read_as_far_as_they_go() {
        for (String broken : List.of(
                "def (",
                "class",
                "import",
                "from x import",
                "(((((",
                "'''",
                "f\"{",
                "if",
                "@",
                "x = [",
                "}",
                "${",
                "const {",
                "`${",
                "/*",
                "/",
                "=>",
                "export",
                "else {",
                "import {",
                "<<~",
                "\u0000",
                "\\")) {
            for (CodeLanguage language : CodeLanguage.values()) {
                assertThat(CodeFile.read(broken, language, 1))
                        .as(language + " " + broken)
                        .isNotNull();
            }
        }
        assertThat(CodeFile.read("{".repeat(200_000), CodeLanguage.JAVASCRIPT, 1)
                        .calls())
                .isEmpty();
        assertThat(CodeFile.read("f(".repeat(100_000), CodeLanguage.PYTHON, 1).calls())
                .isEmpty();
        assertThat(CodeFile.read("run(a,".repeat(50_000) + ")".repeat(50_000), CodeLanguage.PYTHON, 1)
                        .calls())
                .isNotEmpty();
    }
}
