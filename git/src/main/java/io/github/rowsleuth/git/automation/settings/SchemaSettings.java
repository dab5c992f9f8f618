package io.github.rowsleuth.git.automation.settings;

import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.probe.DatabaseAct.Effect;
import java.util.ArrayList;
import java.util.List;

/** All settings of a repository that change a schema when an application starts. */
public final class SchemaSettings {

    private SchemaSettings() {}

    /** Those that can cost data, in the order of their files. */
    public static List<Setting> in(RepositoryTree tree) {
        ProcessSettings process = new ProcessSettings(tree);
        List<Setting> all = new ArrayList<>(new SpringSettings(process).in(tree));
        all.addAll(process.settings());
        all.addAll(MapperCalls.in(tree));
        return all.stream().filter(s -> s.effect() != Effect.HARMLESS).toList();
    }
}
